//! The measurements as a table for people.

use std::fmt;

use super::{evaluator::Evaluation, sentence::Spelling};
use crate::finding::Severity;

impl fmt::Display for Evaluation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.sentences > 0 {
            writeln!(f, "错别字：{}句，其中有错{}句", self.sentences, self.all.sentence_detection.expected)?;
            spelling(f, "须改正、请核对和提示", &self.all)?;
            spelling(f, "仅须改正和请核对", &self.answered)?;
        }
        let documents = &self.documents;
        if documents.documents > 0 {
            writeln!(f, "正文：{}篇，{}字（不计空白）", documents.documents, documents.characters)?;
            for severity in Severity::ALL {
                let found = documents.by_severity.get(severity.as_str()).copied().unwrap_or(0);
                writeln!(f, "  {}：{found}处，每万字{:.2}处", severity.chinese(), documents.rate(severity))?;
            }
            for (rule, found) in &documents.by_rule {
                let found: Vec<String> = Severity::ALL
                    .iter()
                    .filter_map(|severity| Some((severity, found.get(severity.as_str())?)))
                    .map(|(severity, found)| {
                        format!("{}{found}处，每万字{:.2}处", severity.chinese(), documents.per_ten_thousand(*found))
                    })
                    .collect();
                writeln!(f, "    {rule}：{}", found.join("；"))?;
            }
        }
        Ok(())
    }
}

fn spelling(f: &mut fmt::Formatter<'_>, which: &str, spelling: &Spelling) -> fmt::Result {
    writeln!(f, "  计入{which}：")?;
    for (name, score) in [
        ("整句查出", spelling.sentence_detection),
        ("整句改对", spelling.sentence_correction),
        ("逐字查出", spelling.character_detection),
        ("逐字改对", spelling.character_correction),
    ] {
        writeln!(
            f,
            "    {name}：精确率{:.1}%  召回率{:.1}%  F1 {:.1}%（对{}、报{}、应报{}）",
            score.precision() * 100.0,
            score.recall() * 100.0,
            score.f1() * 100.0,
            score.right,
            score.reported,
            score.expected
        )?;
    }
    Ok(())
}
