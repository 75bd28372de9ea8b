//! The routes as the source of the web face declares them.

use std::collections::BTreeSet;

/// `.route("…", get(…).post(…))` in the source of console and api.
pub fn routes_in_the_source() -> BTreeSet<(String, String)> {
    let source = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut routes = BTreeSet::new();
    for (folder, prefix) in [("console", "/console"), ("api", "/api")] {
        read_folder(&source.join(folder), prefix, &mut routes);
    }
    routes
}

fn read_folder(folder: &std::path::Path, prefix: &str, routes: &mut BTreeSet<(String, String)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read_folder(&path, prefix, routes);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            read_file(&std::fs::read_to_string(&path).unwrap(), prefix, routes);
        }
    }
}

fn read_file(text: &str, prefix: &str, routes: &mut BTreeSet<(String, String)>) {
    for call in text.split(".route(").skip(1) {
        let Some(path) = call.split('"').nth(1) else { continue };
        let mut depth = 1;
        let end = call
            .char_indices()
            .find(|(_, one)| {
                depth += match one {
                    '(' => 1,
                    ')' => -1,
                    _ => 0,
                };
                depth == 0
            })
            .map_or(call.len(), |(end, _)| end);
        for method in ["get", "post", "put", "delete", "patch"] {
            let arguments = &call[..end];
            let called = arguments
                .match_indices(&format!("{method}("))
                .any(|(at, _)| !arguments[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_'));
            if called {
                routes.insert((method.to_owned(), format!("{prefix}{}", without_names(path))));
            }
        }
    }
}

pub fn without_names(path: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for one in path.chars() {
        match one {
            '{' => inside = true,
            '}' => {
                inside = false;
                out.push('*');
            }
            _ if inside => {}
            _ => out.push(one),
        }
    }
    out
}
