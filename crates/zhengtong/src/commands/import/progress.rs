//! How far the import is: a bar at a terminal, a line now and then elsewhere.

use std::{io::IsTerminal, time::Duration};

use app::import::LineOutcome;
use indicatif::{ProgressBar, ProgressStyle};

/// Lines between two reports where there is no terminal.
const EVERY: u64 = 500;

/// Shows what becomes of the lines.
pub struct ImportProgress {
    bar: Option<ProgressBar>,
    bytes_known: bool,
    taken: u64,
    unchanged: u64,
    rejected: u64,
}

impl ImportProgress {
    /// Begins; `length` is the size of the file, unknown for standard input.
    pub fn start(length: Option<u64>) -> Self {
        let bar = std::io::stderr().is_terminal().then(|| bar(length));
        Self { bar, bytes_known: length.is_some(), taken: 0, unchanged: 0, rejected: 0 }
    }

    /// One line is decided.
    pub fn line(&mut self, number: i64, text: &str, outcome: &LineOutcome) {
        match outcome {
            LineOutcome::Taken => self.taken += 1,
            LineOutcome::Unchanged => self.unchanged += 1,
            LineOutcome::Rejected(reasons) => {
                self.rejected += 1;
                let line = format!("第 {number} 行退回：{}", reasons.join(""));
                match &self.bar {
                    Some(bar) => bar.println(line),
                    None => eprintln!("{line}"),
                }
            }
        }
        match &self.bar {
            Some(bar) => {
                bar.inc(if self.bytes_known { u64::try_from(text.len()).unwrap_or(0) + 1 } else { 1 });
                bar.set_message(self.sums());
            }
            None if self.lines().is_multiple_of(EVERY) => eprintln!("已处理 {} 条：{}", self.lines(), self.sums()),
            None => {}
        }
    }

    /// Takes the bar away.
    pub fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }

    fn lines(&self) -> u64 {
        self.taken + self.unchanged + self.rejected
    }

    fn sums(&self) -> String {
        format!("入库 {}，已有 {}，退回 {}", self.taken, self.unchanged, self.rejected)
    }
}

fn bar(length: Option<u64>) -> ProgressBar {
    let template = match length {
        Some(_) => "{bar:40} {bytes}/{total_bytes} {msg} 剩余 {eta}",
        None => "{spinner} {pos} 条 {msg}",
    };
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    let bar = length.map_or_else(ProgressBar::new_spinner, ProgressBar::new).with_style(style);
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}
