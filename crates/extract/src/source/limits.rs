//! How much of a source is read at most. Exceeding a limit gives [`Refused`](super::Refused) for that part; only
//! `items`, `refusals` and `total_bytes` end the reading, with a last word about it.

/// Limits of one reader, over everything inside its source together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one capture's content, decoded. Also the most that is held of a file in an archive.
    pub body_bytes: usize,
    /// Bytes of one record: a line, a row, an article.
    pub record_bytes: usize,
    /// Bytes of the headers of one capture.
    pub header_bytes: usize,
    /// Bytes of a workbook, packed; and of each of its parts, unpacked.
    pub workbook_bytes: usize,
    /// Bytes unpacked, all together.
    pub total_bytes: u64,
    /// Items handed out.
    pub items: u64,
    /// Refusals handed out: a file that is no such file at all ends soon.
    pub refusals: u64,
    /// Members of one archive.
    pub members: usize,
    /// A member that unpacks to more than this many times its packed size is a bomb (from 1 MiB on).
    pub compression_ratio: u64,
    /// Archives inside archives.
    pub depth: usize,
    /// Columns of one table.
    pub columns: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        const MIB: usize = 1024 * 1024;
        Limits {
            body_bytes: 128 * MIB,
            record_bytes: 32 * MIB,
            header_bytes: 256 * 1024,
            workbook_bytes: 512 * MIB,
            total_bytes: 1024 * 1024 * MIB as u64,
            items: 10_000_000,
            refusals: 100_000,
            members: 2_000_000,
            compression_ratio: 400,
            depth: 3,
            columns: 500,
        }
    }
}
