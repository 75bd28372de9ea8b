//! PostgreSQL without containers: Debian's binaries, started by the first test that needs them.
//!
//! One server serves all test processes of a user, under `cargo test` as under `cargo nextest`. It listens on a Unix
//! socket only and forgets everything at a crash (`fsync = off`). A watchdog stops it after ten idle minutes; the
//! next start throws the old data away. Each schema is migrated once into a template database named by the hash of
//! all migrations, and each test gets a clone of it.
//!
//! The server's own collation is Chinese (ICU), unlike SQLite's: a query that forgets the "C" collation which the
//! migrator sets would sort differently and fail.

use std::{
    ffi::OsStr,
    fs::{self, File, Permissions},
    io,
    os::unix::{
        fs::{MetadataExt, PermissionsExt, chown},
        process::CommandExt,
    },
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};

use crate::workspace;

/// Runs the server and stops it when `used` was not touched for ten minutes. Takes the shared lock for that, so no
/// test can come in between.
const WATCHDOG: &str = r#"
folder=$1; shift
"$@" &
server=$!
trap 'kill -INT $server' TERM INT
while kill -0 $server 2>/dev/null; do
    sleep 15
    flock "$folder/lock" sh -c '
        if [ -n "$(find "$1/used" -mmin +10)" ]; then kill -INT $2; while kill -0 $2 2>/dev/null; do sleep 0.2; done; fi
    ' sh "$folder" $server
done
"#;

const START_WITHIN: Duration = Duration::from_secs(60);

/// The running server.
#[derive(Clone)]
pub(crate) struct Server {
    folder: PathBuf,
    binaries: PathBuf,
}

/// The folder of Debian's newest PostgreSQL binaries, if installed.
pub(crate) fn binaries() -> Option<PathBuf> {
    let mut versions: Vec<(u32, PathBuf)> = fs::read_dir("/usr/lib/postgresql")
        .ok()?
        .filter_map(|entry| {
            let path = entry.ok()?.path();
            let version = path.file_name()?.to_str()?.parse().ok()?;
            path.join("bin/postgres").is_file().then(|| (version, path.join("bin")))
        })
        .collect();
    versions.sort();
    versions.pop().map(|(_, path)| path)
}

impl Server {
    /// Finds the running server or starts one. Call it with the shared lock held.
    pub(crate) fn running(folder: &Path, binaries: PathBuf, _lock: &workspace::Lock) -> io::Result<Self> {
        let server = Self { folder: folder.to_owned(), binaries };
        workspace::touch(folder)?;
        if !server.answers() {
            server.start()?;
        }
        Ok(server)
    }

    /// Where to connect to a database of this server.
    pub(crate) fn url(&self, database: &str) -> String {
        format!("postgres://postgres@localhost/{database}?host={}", self.socket().display())
    }

    /// Does this database exist?
    pub(crate) fn has(&self, database: &str) -> io::Result<bool> {
        let found = self.sql(&format!("SELECT 1 FROM pg_database WHERE datname = '{database}'"))?;
        Ok(found.trim() == "1")
    }

    /// Runs one statement as the superuser and returns what it printed.
    pub(crate) fn sql(&self, statement: &str) -> io::Result<String> {
        let output = Command::new(self.binaries.join("psql"))
            .args(["--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--username=postgres", "--dbname=postgres"])
            .arg("--host")
            .arg(self.socket())
            .args(["--command", statement])
            .stdin(Stdio::null())
            .output()?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
        }
        let message = String::from_utf8_lossy(&output.stderr).into_owned();
        Err(io::Error::other(format!("{statement}: {message}")))
    }

    fn answers(&self) -> bool {
        self.socket().join(".s.PGSQL.5432").exists() && self.sql("SELECT 1").is_ok()
    }

    fn start(&self) -> io::Result<()> {
        let data = self.folder.join("data");
        self.stop_a_half_dead_server(&data);
        for stale in [&data, &self.socket()] {
            if stale.exists() {
                fs::remove_dir_all(stale)?;
            }
            fs::create_dir(stale)?;
            self.give_to_server(stale)?;
        }
        fs::set_permissions(&data, Permissions::from_mode(0o700))?;
        let initdb = self
            .as_server_user(self.binaries.join("initdb"))
            .args(["--auth=trust", "--username=postgres", "--encoding=UTF8", "--no-sync", "--no-instructions"])
            .args(["--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=zh-Hans-CN"])
            .arg("--pgdata")
            .arg(&data)
            .output()?;
        if !initdb.status.success() {
            return Err(io::Error::other(format!("initdb: {}", String::from_utf8_lossy(&initdb.stderr))));
        }
        let log_path = self.folder.join("server.log");
        let log = File::create(&log_path)?;
        self.as_server_user("sh")
            .args(["-c", WATCHDOG, "zhengtong-testkit"])
            .arg(&self.folder)
            .arg(self.binaries.join("postgres"))
            .arg("-D")
            .arg(&data)
            .arg("-k")
            .arg(self.socket())
            .args(["-c", "listen_addresses=", "-c", "max_connections=300", "-c", "shared_buffers=128MB"])
            .args(["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"])
            .args(["-c", "autovacuum=off", "-c", "max_wal_size=2GB", "-c", "unix_socket_permissions=0777"])
            .stdout(log.try_clone()?)
            .stderr(log)
            // Ctrl-C at the terminal and the runner's timeouts go to the tests' process group, not to the server.
            .process_group(0)
            .spawn()?;
        let started = Instant::now();
        while !self.answers() {
            if started.elapsed() > START_WITHIN {
                let log = fs::read_to_string(&log_path).unwrap_or_default();
                return Err(io::Error::other(format!("PostgreSQL did not start:\n{log}")));
            }
            sleep(Duration::from_millis(50));
        }
        Ok(())
    }

    /// The socket does not answer, yet a server may still hold the data folder (stopping, or its socket was swept
    /// from the temporary folder).
    fn stop_a_half_dead_server(&self, data: &Path) {
        let Ok(pid_file) = fs::read_to_string(data.join("postmaster.pid")) else { return };
        let Some(pid) = pid_file.lines().next() else { return };
        let Ok(name) = fs::read_to_string(format!("/proc/{pid}/comm")) else { return };
        if name.trim() != "postgres" {
            return;
        }
        let stop = self
            .as_server_user(self.binaries.join("pg_ctl"))
            .args(["stop", "--mode=immediate", "--timeout=20", "--pgdata"])
            .arg(data)
            .output();
        if let Err(error) = stop {
            eprintln!("testkit: cannot stop the old PostgreSQL: {error}");
        }
    }

    fn socket(&self) -> PathBuf {
        self.folder.join("socket")
    }

    /// PostgreSQL refuses to run as root, so root runs it as Debian's user `postgres`.
    fn as_server_user(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).current_dir("/");
        if let Some((user, group)) = server_user() {
            command.uid(user).gid(group);
        }
        command
    }

    fn give_to_server(&self, path: &Path) -> io::Result<()> {
        match server_user() {
            Some((user, group)) => chown(path, Some(user), Some(group)),
            None => Ok(()),
        }
    }
}

/// Debian's user `postgres`, when we are root.
fn server_user() -> Option<(u32, u32)> {
    if fs::metadata("/proc/self").ok()?.uid() != 0 {
        return None;
    }
    let users = fs::read_to_string("/etc/passwd").ok()?;
    let line = users.lines().find(|line| line.starts_with("postgres:"))?;
    let mut fields = line.split(':').skip(2);
    Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
}
