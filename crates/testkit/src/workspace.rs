//! The folder that all test processes of this user share, and the lock on it.

use std::{
    fs::{self, File, OpenOptions, Permissions},
    io,
    os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
    time::Duration,
};

/// Changes when the layout of the folder changes, so that old and new test binaries do not meet.
const LAYOUT: u32 = 1;

/// The shared folder, created when missing.
pub(crate) fn folder() -> io::Result<PathBuf> {
    let user = fs::metadata("/proc/self")?.uid();
    let folder = std::env::temp_dir().join(format!("zhengtong-testkit-{LAYOUT}-{user}"));
    if !folder.is_dir() {
        fs::create_dir_all(&folder)?;
        // The server runs as another user when the tests run as root.
        fs::set_permissions(&folder, Permissions::from_mode(0o755))?;
    }
    Ok(folder)
}

/// Keeps all other test processes out until it is dropped.
pub(crate) struct Lock {
    _file: File,
}

/// Waits for the folder to be free.
pub(crate) fn lock(folder: &Path) -> io::Result<Lock> {
    let path = folder.join("lock");
    let file = OpenOptions::new().create(true).append(true).mode(0o666).open(&path)?;
    // The server's watchdog, another user perhaps, takes the same lock before it stops the server.
    if file.metadata()?.uid() == fs::metadata("/proc/self")?.uid() {
        fs::set_permissions(&path, Permissions::from_mode(0o666))?;
    }
    file.lock()?;
    Ok(Lock { _file: file })
}

/// Tells the watchdog that the server is in use.
pub(crate) fn touch(folder: &Path) -> io::Result<()> {
    fs::write(folder.join("used"), "now")
}

/// Removes files of `folder` that begin with `prefix` and were made more than `age` ago.
pub(crate) fn sweep(folder: &Path, prefix: &str, age: Duration) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let old = entry.metadata()?.modified()?.elapsed().is_ok_and(|elapsed| elapsed > age);
        if old && entry.file_name().to_string_lossy().starts_with(prefix) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}
