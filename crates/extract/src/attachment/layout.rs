//! Pieces of text at places on a page, put together to lines: pieces that touch are one word, a wide gap is a tab.

use super::job::Job;

/// A piece of text on a page; y grows downwards, all lengths in one unit.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub x: f64,
    pub y: f64,
    /// Where the piece ends.
    pub end: f64,
    pub size: f64,
    pub text: String,
    pub hidden: bool,
}

/// Pieces in the order they were drawn.
pub(super) fn write_as_drawn(pieces: &[Piece], job: &mut Job<'_>) {
    job.out.line();
    let mut last: Option<&Piece> = None;
    for piece in pieces {
        if job.full() {
            return;
        }
        if let Some(last) = last {
            job.out.push(between(last, piece));
        }
        if piece.hidden {
            job.out.hide();
        }
        job.out.push(&piece.text);
        if piece.hidden {
            job.out.show();
        }
        last = Some(piece);
    }
    job.out.line();
}

/// Pieces put in order: lines from top to bottom, in a line from left to right.
pub(super) fn write_in_reading_order(mut pieces: Vec<Piece>, job: &mut Job<'_>) {
    let finite = |piece: &Piece| piece.x.is_finite() && piece.y.is_finite() && piece.size.is_finite();
    for piece in &mut pieces {
        if !finite(piece) {
            (piece.x, piece.y, piece.end, piece.size) = (0.0, 0.0, 0.0, 1.0);
        }
    }
    pieces.sort_by(|one, other| one.y.total_cmp(&other.y));
    let mut ordered: Vec<Piece> = Vec::with_capacity(pieces.len());
    let mut line: Vec<Piece> = Vec::new();
    for piece in pieces {
        let same = line.first().is_none_or(|first| (piece.y - first.y).abs() <= first.size.max(piece.size) * 0.5);
        if !same {
            end_line(&mut line, &mut ordered);
        }
        line.push(piece);
    }
    end_line(&mut line, &mut ordered);
    write_as_drawn(&ordered, job);
}

fn end_line(line: &mut Vec<Piece>, ordered: &mut Vec<Piece>) {
    line.sort_by(|one, other| one.x.total_cmp(&other.x));
    if let Some(y) = line.first().map(|first| first.y) {
        ordered.extend(line.drain(..).map(|piece| Piece { y, ..piece }));
    }
}

fn between(last: &Piece, next: &Piece) -> &'static str {
    let size = last.size.max(next.size).max(0.1);
    let gap = next.x - last.end;
    if (next.y - last.y).abs() > size * 0.6 {
        "\n"
    } else if gap > size * 1.5 {
        "\t"
    } else if gap > size * 0.25 || next.x < last.x - size * 0.5 {
        " "
    } else {
        ""
    }
}
