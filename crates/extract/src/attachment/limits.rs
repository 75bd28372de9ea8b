//! How much of a file is read at most. Exceeding a limit is never an error: what was read stays, the rest is named in
//! a notice, and the result is not complete.

/// Limits of one call of [`extract`](super::extract); they hold for the file and everything inside it together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file itself.
    pub file_bytes: u64,
    /// Bytes unpacked from archives and compressed streams, all together.
    pub unpacked_bytes: u64,
    /// Bytes of one unpacked member.
    pub member_bytes: u64,
    /// Members of archives, all together.
    pub members: usize,
    /// A member that unpacks to more than this many times its packed size is a bomb (from 1 MiB on).
    pub compression_ratio: u64,
    /// Documents inside documents.
    pub depth: usize,
    /// Bytes of text handed out.
    pub text_bytes: usize,
    /// Cells of tables, all together.
    pub cells: usize,
    /// Pages of PDF and OFD files, all together.
    pub pages: usize,
    /// Pictures handed out.
    pub pictures: usize,
    /// Bytes of pictures handed out, all together.
    pub picture_bytes: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        const MIB: u64 = 1024 * 1024;
        Limits {
            file_bytes: 100 * MIB,
            unpacked_bytes: 256 * MIB,
            member_bytes: 64 * MIB,
            members: 20_000,
            compression_ratio: 400,
            depth: 6,
            text_bytes: 32 * 1024 * 1024,
            cells: 3_000_000,
            pages: 5_000,
            pictures: 200,
            picture_bytes: 32 * 1024 * 1024,
        }
    }
}
