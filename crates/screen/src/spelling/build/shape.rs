//! How much alike two characters look, from the order of their strokes.

/// Likeness from which characters are listed, of 15.
const LEAST: u8 = 9;
/// Most lookalikes listed for a character.
const MOST: usize = 24;

/// A character that may be suggested: its number, its strokes and how often it was seen.
pub type Usual<'a> = (u16, &'a [u8], u32);

/// The characters among `usual` whose strokes are most like those of `own`, with the likeness of 1 to 15. Of characters
/// equally alike the more frequent are listed.
pub fn lookalikes(own: &[u8], usual: &[Usual<'_>]) -> Vec<(u16, u8)> {
    let mut found: Vec<(f32, u16, u8)> = usual
        .iter()
        .filter_map(|(number, strokes, count)| {
            let likeness = likeness(own, strokes).filter(|likeness| *likeness >= LEAST)?;
            Some((f32::from(likeness) + 0.5 * (*count as f32).max(1.0).ln(), *number, likeness))
        })
        .collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    found.truncate(MOST);
    found.into_iter().map(|(_, number, likeness)| (number, likeness)).collect()
}

/// How much alike two rows of strokes are, 0 to 15: by the strokes that differ, or by a part that both have (the
/// phonetic part of a character is often all that tells what was meant). `None` when far apart.
pub fn likeness(a: &[u8], b: &[u8]) -> Option<u8> {
    let (shortest, longest) = (a.len().min(b.len()), a.len().max(b.len()));
    if longest < 2 || longest - shortest > 6 {
        return None;
    }
    // One stroke more or less in a simple character is a small difference all the same.
    let by_edits = 1.0 - (edits(a, b) as f32 / (longest as f32 + 2.0)).min(1.0);
    let part = common_part(a, b);
    // A whole character inside the other.
    let part_length = part as f32 + if part == shortest && part >= 3 { 1.5 } else { 0.6 };
    let by_part = if part >= 3 { 0.95 * part_length / (longest as f32 + 0.6) } else { 0.0 };
    Some((by_edits.max(by_part).min(1.0) * 15.0).round() as u8)
}

/// Length of the longest row of strokes that both have.
fn common_part(a: &[u8], b: &[u8]) -> usize {
    let mut longest = 0;
    let mut row = vec![0; b.len() + 1];
    for x in a {
        for j in (0..b.len()).rev() {
            row[j + 1] = if *x == b[j] { row[j] + 1 } else { 0 };
            longest = longest.max(row[j + 1]);
        }
    }
    longest
}

fn edits(a: &[u8], b: &[u8]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let substituted = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_stroke_apart_is_alike_and_other_characters_are_not() {
        assert_eq!(likeness(b"hszhh", b"hszhh"), Some(15));
        assert!(likeness(b"hszhh", b"hszh").is_some_and(|likeness| likeness >= 12));
        assert!(likeness(b"hhhhhh", b"pnpnpn").is_none_or(|likeness| likeness < LEAST));
        assert_eq!(likeness(b"h", b"hspnzhspnz"), None);
    }

    #[test]
    fn the_most_alike_come_first() {
        let usual: [Usual<'_>; 3] = [(40, b"hszh", 9), (41, b"hszhh", 9), (42, b"ppppp", 9)];
        assert_eq!(lookalikes(b"hszhh", &usual)[0], (41, 15));
        assert!(lookalikes(b"hszhh", &usual).iter().all(|(number, _)| *number != 42));
    }
}
