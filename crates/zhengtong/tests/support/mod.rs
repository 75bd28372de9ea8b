//! Running the built binary as an operator does.
#![expect(dead_code, reason = "every test file uses a part of it")]

pub mod browser;

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use serde_json::{Value, json};

/// The built binary.
pub const BINARY: &str = env!("CARGO_BIN_EXE_zhengtong");

/// Where an instance lies.
pub struct Instance {
    pub database: String,
    pub files: PathBuf,
    _folder: Option<tempfile::TempDir>,
}

/// What a command did.
#[derive(Debug)]
pub struct Done {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Instance {
    /// An instance at this address, its files in `files`.
    pub fn at(database: &str, files: &Path) -> Self {
        Self { database: database.to_owned(), files: files.to_owned(), _folder: None }
    }

    /// A place for a SQLite instance; nothing is made yet.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = format!("sqlite://{}", folder.path().join("zhengtong.db").display());
        Self { database, files: folder.path().join("files"), _folder: Some(folder) }
    }

    /// A SQLite instance that holds the demo: a copy of one that was filled once for this build.
    pub fn demo() -> Self {
        let template = demo_template();
        let instance = Self::new();
        fs::copy(template.join("zhengtong.db"), instance.sqlite_file()).unwrap();
        // Files are named by their content and never changed: sharing them is safe.
        Self { files: template.join("files"), ..instance }
    }

    pub fn sqlite_file(&self) -> PathBuf {
        PathBuf::from(self.database.strip_prefix("sqlite://").expect("a SQLite instance"))
    }

    /// A command on this instance.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(BINARY);
        command.args(arguments).args(["--database", &self.database, "--files"]).arg(&self.files);
        command.env_remove("RUST_LOG").current_dir(self.files.parent().expect("the files lie in a folder"));
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("ZHENGTONG_")) {
            command.env_remove(name);
        }
        command
    }

    /// Runs a command to its end.
    pub fn run(&self, arguments: &[&str]) -> Done {
        finished(self.command(arguments).stdin(Stdio::null()).output().unwrap())
    }

    /// Runs a command that reads `input`.
    pub fn run_with(&self, arguments: &[&str], input: &str) -> Done {
        let mut command = self.command(arguments);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // A command that refuses its options may end without reading.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        finished(child.wait_with_output().unwrap())
    }
}

pub fn finished(output: Output) -> Done {
    Done {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// A line to be imported: an article of our own writing.
pub fn article(id: &str, title: &str, body: &str) -> String {
    let line = json!({
        "id": id, "kind": "news", "title": title, "date": "2024-03-05",
        "publish_date": "2024-03-05 09:30", "source": "示例单位", "body": body,
    });
    format!("{line}\n")
}

/// JSON that a command printed.
pub fn json_of(done: &Done) -> Value {
    serde_json::from_str(&done.out).unwrap_or_else(|error| panic!("{error}: {done:?}"))
}

/// The folder of a demo filled by this very binary; made by the first test that needs it.
fn demo_template() -> PathBuf {
    let built = fs::metadata(BINARY).unwrap();
    let since = built.modified().unwrap().duration_since(std::time::UNIX_EPOCH).unwrap();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let template = folder.join(format!("demo-{}-{}", built.len(), since.as_nanos()));
    fs::create_dir_all(folder).unwrap();
    let lock = fs::File::create(folder.join("demo.lock")).unwrap();
    lock.lock().unwrap();
    if !template.join("complete").is_file() {
        for entry in fs::read_dir(folder).unwrap().flatten() {
            if entry.file_name().to_string_lossy().starts_with("demo-") {
                let _ = fs::remove_dir_all(entry.path());
            }
        }
        fs::create_dir_all(&template).unwrap();
        let database = format!("sqlite://{}", template.join("zhengtong.db").display());
        let filled = Instance::at(&database, &template.join("files")).run(&["demo", "--no-serve"]);
        assert_eq!(filled.code, 0, "{filled:?}");
        fs::write(template.join("complete"), "").unwrap();
    }
    template
}
