//! The template environment: embedded in the binary, read from the folder in debug builds so that edits show at once.

use std::sync::Arc;

use include_dir::{Dir, include_dir};
use minijinja::{Environment, UndefinedBehavior, Value};

use crate::{assets::Assets, template_functions};

static EMBEDDED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// Builds a template context; every value goes through serde: `view! { unit, list => query.view(total) }`.
#[macro_export]
macro_rules! view {
    ($($key:ident $(=> $value:expr)?),* $(,)?) => {{
        ::minijinja::Value::from_pairs([
            $((stringify!($key), $crate::view!(@value $key $(=> $value)?))),*
        ] as [(&'static str, ::minijinja::Value); $crate::view!(@count $($key)*)])
    }};
    (@value $key:ident) => { ::minijinja::Value::from(::minijinja::value::Serde(&$key)) };
    (@value $key:ident => $value:expr) => { ::minijinja::Value::from(::minijinja::value::Serde(&$value)) };
    (@count) => { 0 };
    (@count $head:ident $($tail:ident)*) => { 1 + $crate::view!(@count $($tail)*) };
}

/// All templates of the web face.
pub struct Templates {
    environment: Environment<'static>,
}

impl Templates {
    /// Prepares the environment; templates are compiled on first use.
    pub fn new(assets: Arc<Assets>) -> Self {
        let mut environment = Environment::new();
        // Misspelt variables are errors; only `{% if x %}` may ask about something absent.
        environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
        template_functions::add(&mut environment, assets);
        set_loader(&mut environment);
        Self { environment }
    }

    /// Renders a template.
    pub fn render(&self, name: &str, context: Value) -> Result<String, minijinja::Error> {
        self.environment.get_template(name)?.render(context)
    }

    /// Compiles every template; an error names file and line. For tests and `check-templates`.
    pub fn compile_all(&self) -> Result<usize, minijinja::Error> {
        let mut names = Vec::new();
        collect(&EMBEDDED, &mut names);
        for name in &names {
            self.environment.get_template(name)?;
        }
        Ok(names.len())
    }
}

fn set_loader(environment: &mut Environment<'static>) {
    #[cfg(debug_assertions)]
    {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/templates");
        if std::path::Path::new(folder).is_dir() {
            environment.set_loader(minijinja::path_loader(folder));
            return;
        }
    }
    environment.set_loader(|name| Ok(EMBEDDED.get_file(name).and_then(|file| file.contents_utf8())));
}

fn collect(folder: &Dir<'_>, names: &mut Vec<String>) {
    names.extend(folder.files().map(|file| file.path().to_string_lossy().into_owned()));
    folder.dirs().for_each(|inner| collect(inner, names));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_template_compiles() {
        let templates = Templates::new(Arc::new(Assets::load()));
        let count = templates.compile_all().map_err(|error| format!("{error:#}")).unwrap();
        assert!(count >= 7, "only {count} templates were found");
    }
}
