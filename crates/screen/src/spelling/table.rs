//! A set of rows of symbols with rough counts, two bytes each: twelve bits that tell rows apart, four bits of count.
//!
//! Rows are not stored, only their fingerprints; about one row in a thousand that was never seen is taken for a seen
//! one. The language model lives with that: a single wrong count does not make an error out of a sound sentence.

use super::{format::Reader, format::Writer, symbol::Symbol};

/// Counts that the sixteen levels stand for; level 0 is "never seen".
const COUNTS: [f32; 16] =
    [0.0, 1.0, 2.0, 3.0, 4.0, 6.0, 9.0, 14.0, 22.0, 36.0, 60.0, 110.0, 220.0, 500.0, 1500.0, 6000.0];
/// Rows share a bucket by hash; four on average.
const ROWS_PER_BUCKET: usize = 4;

/// Counts of rows of symbols of one length.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountTable {
    buckets: usize,
    /// Position in `rows` at which each bucket begins, and the end.
    starts: Vec<u32>,
    /// For each bucket one bit for each of the last five bits of its rows' fingerprints: most rows that were never seen
    /// are known for that without a look at `rows`.
    filters: Vec<u32>,
    rows: Vec<u16>,
}

/// The hash of a row of symbols. Its parts are taken one by one, so that longer rows build on shorter ones.
pub fn hash(row: &[Symbol]) -> u64 {
    finish(row.iter().fold(0, |state, symbol| extend(state, *symbol)))
}

/// Adds a symbol to an unfinished hash.
#[inline]
pub fn extend(state: u64, symbol: Symbol) -> u64 {
    (state.wrapping_add(u64::from(symbol)).wrapping_add(1)).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(23)
}

/// Finishes a hash.
#[inline]
pub fn finish(state: u64) -> u64 {
    let mixed = (state ^ (state >> 31)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    mixed ^ (mixed >> 32)
}

/// The level nearest to a count, by ratio.
fn level(count: u32) -> u16 {
    let count = count as f32;
    let at = COUNTS.windows(2).position(|pair| count < (pair[0] * pair[1]).sqrt().max(pair[0] + 0.5));
    at.unwrap_or(COUNTS.len() - 1) as u16
}

/// A count as the table would give it back.
pub fn rounded(count: u32) -> f32 {
    COUNTS[usize::from(level(count))]
}

impl CountTable {
    /// Makes a table of hashes and counts. The result does not depend on their order.
    pub fn new(entries: &[(u64, u32)]) -> Self {
        let buckets = (entries.len() / ROWS_PER_BUCKET).max(1);
        let mut placed: Vec<(u32, u16)> = entries
            .iter()
            .map(|(hash, count)| (bucket(*hash, buckets), fingerprint(*hash) << 4 | level(*count)))
            .collect();
        placed.sort_unstable();
        // Of two rows that look the same the more frequent is kept.
        placed.dedup_by(|later, kept| {
            let same = later.0 == kept.0 && later.1 >> 4 == kept.1 >> 4;
            kept.1 = if same { kept.1.max(later.1) } else { kept.1 };
            same
        });
        let mut sizes = vec![0_u8; buckets];
        let mut rows = Vec::with_capacity(placed.len());
        for (bucket, row) in placed {
            let size = &mut sizes[bucket as usize];
            if *size < u8::MAX {
                *size += 1;
                rows.push(row);
            }
        }
        Self::assemble(&sizes, rows)
    }

    fn assemble(sizes: &[u8], rows: Vec<u16>) -> Self {
        let mut starts = Vec::with_capacity(sizes.len() + 1);
        let mut position = 0_u32;
        starts.push(position);
        for size in sizes {
            position += u32::from(*size);
            starts.push(position);
        }
        let filter = |bucket: &[u32]| {
            rows[bucket[0] as usize..bucket[1] as usize].iter().fold(0, |bits, row| bits | 1 << (row >> 4 & 31))
        };
        let filters = starts.windows(2).map(filter).collect();
        Self { buckets: sizes.len(), starts, filters, rows }
    }

    /// The rough count of the row with this hash; 0 when it was never seen.
    #[inline]
    pub fn count(&self, hash: u64) -> f32 {
        let bucket = bucket(hash, self.buckets) as usize;
        let wanted = fingerprint(hash);
        if self.filters[bucket] >> (wanted & 31) & 1 == 0 {
            return 0.0;
        }
        let rows = &self.rows[self.starts[bucket] as usize..self.starts[bucket + 1] as usize];
        rows.iter().find(|row| **row >> 4 == wanted).map_or(0.0, |row| COUNTS[usize::from(row & 15)])
    }

    /// How many rows it holds.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Writes it into a model file.
    pub fn write(&self, out: &mut Writer) {
        out.number(self.buckets);
        out.number(self.rows.len());
        self.starts.windows(2).for_each(|bucket| out.bytes(&[(bucket[1] - bucket[0]) as u8]));
        self.rows.iter().for_each(|row| out.short(*row));
    }

    /// Reads it from a model file.
    pub fn read(input: &mut Reader<'_>) -> Result<Self, String> {
        let buckets = input.number()?;
        let count = input.number()?;
        if buckets == 0 {
            return Err("a table without buckets".to_owned());
        }
        let sizes = input.bytes(buckets)?;
        if sizes.iter().map(|size| usize::from(*size)).sum::<usize>() != count {
            return Err("buckets of a table do not add up".to_owned());
        }
        let rows = input.shorts(count)?;
        Ok(Self::assemble(sizes, rows))
    }
}

#[inline]
fn bucket(hash: u64, buckets: usize) -> u32 {
    (((hash >> 32) * buckets as u64) >> 32) as u32
}

#[inline]
fn fingerprint(hash: u64) -> u16 {
    (hash & 0xFFF) as u16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_come_back_roughly_and_unseen_rows_hardly_ever() {
        let entries: Vec<(u64, u32)> = (0..20_000_u16).map(|i| (hash(&[i, 7]), u32::from(i % 50) + 1)).collect();
        let table = CountTable::new(&entries);
        for (i, (hash, count)) in entries.iter().enumerate() {
            let found = table.count(*hash);
            assert!(found >= *count as f32 * 0.7, "{i}: {found} for {count}");
        }
        let ghosts = (0..20_000_u16).filter(|i| table.count(hash(&[*i, 8])) > 0.0).count();
        assert!(ghosts < 60, "{ghosts} ghosts");
    }

    #[test]
    fn a_table_reads_back_and_a_broken_one_is_refused() {
        let entries: Vec<(u64, u32)> = (0..500_u16).map(|i| (hash(&[i]), 3)).collect();
        let table = CountTable::new(&entries);
        let mut out = Writer::default();
        table.write(&mut out);
        let bytes = out.finish();
        assert_eq!(CountTable::read(&mut Reader::new(&bytes)), Ok(table));
        assert!(CountTable::read(&mut Reader::new(&bytes[..bytes.len() - 1])).is_err());
        assert!(CountTable::read(&mut Reader::new(&[0; 64])).is_err());
    }

    #[test]
    fn levels_follow_counts() {
        for count in [0, 1, 2, 3, 4, 6, 9, 14, 60, 6000] {
            assert_eq!(rounded(count), count as f32);
        }
        assert_eq!(rounded(1_000_000), 6000.0);
    }
}
