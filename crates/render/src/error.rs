//! Why a theme cannot be used or a page cannot be rendered.

/// A page could not be rendered. The message names file and line of the template.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{file}:{line}: {message}")]
pub struct RenderError {
    /// Template file inside the theme, such as `article.html`.
    pub file: String,
    /// Line in that file, from 1; 0 when the engine does not know it.
    pub line: usize,
    /// What went wrong, in the engine's words.
    pub message: String,
}

impl From<minijinja::Error> for RenderError {
    fn from(error: minijinja::Error) -> Self {
        // An error inside an included or inherited template is the deepest source.
        let mut deepest = &error;
        let mut source = std::error::Error::source(&error);
        while let Some(inner) = source {
            if let Some(inner) = inner.downcast_ref::<minijinja::Error>()
                && inner.name().is_some()
            {
                deepest = inner;
            }
            source = inner.source();
        }
        RenderError {
            file: deepest.name().unwrap_or("?").to_owned(),
            line: deepest.line().unwrap_or(0),
            message: match deepest.detail() {
                Some(detail) => format!("{}: {detail}", deepest.kind()),
                None => deepest.kind().to_string(),
            },
        }
    }
}

/// A theme cannot be loaded.
#[derive(Debug, thiserror::Error)]
pub enum ThemeError {
    /// A file of the theme cannot be read.
    #[error("cannot read theme file {file}: {source}")]
    Read {
        /// Path as given.
        file: String,
        /// The system's reason.
        source: std::io::Error,
    },
    /// `theme.toml` or a message catalogue is not valid.
    #[error("{file} is not valid: {message}")]
    Malformed {
        /// File inside the theme.
        file: String,
        /// The parser's reason.
        message: String,
    },
    /// A file every theme needs is absent.
    #[error("the theme has no {0}")]
    Absent(String),
    /// A template has a syntax error.
    #[error("template {0}")]
    Template(#[from] RenderError),
    /// A file is larger than a theme may carry.
    #[error("theme file {file} is larger than {limit} bytes")]
    TooLarge {
        /// File inside the theme.
        file: String,
        /// The limit in bytes.
        limit: usize,
    },
}
