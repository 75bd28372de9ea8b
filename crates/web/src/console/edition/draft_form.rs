//! What the form of a draft sends, read into what the verbs take.

use app::{AppError, edition::DraftChange};
use domain::{
    element::{Elements, Need, OpenMode, Validity, need},
    ids::{ColumnId, ResourceId},
    problem::FieldProblem,
    resource::ResourceKind,
    time::parse_beijing,
};
use jiff::{Timestamp, civil::Date};

use crate::{console::attachment::address::to_stored, form::Submitted};

/// A draft as typed.
pub struct DraftForm {
    /// Title, body, elements, under the version that the person started from.
    pub change: DraftChange,
    /// Columns in which it shall appear.
    pub columns: Vec<ColumnId>,
    /// When; `None` = as soon as it is admitted.
    pub publish_at: Option<Timestamp>,
}

impl DraftForm {
    /// Reads the form. Elements that the form of this type does not show stay as they are in `base`.
    ///
    /// # Errors
    /// [`AppError::Invalid`] with every unreadable field.
    pub fn read(submitted: &Submitted, kind: ResourceKind, base: &Elements) -> Result<Self, AppError> {
        let mut reader = Reader { submitted, kind, problems: Vec::new() };
        let elements = reader.elements(base.clone());
        let publish_at = reader.instant("publish_at", "定时发布时间");
        let columns = reader.ids("placements", "栏目");
        let lock_version = submitted.text("lock_version").parse().unwrap_or(0);
        let change = DraftChange {
            lock_version,
            title: submitted.text("title").to_owned(),
            body: body_of(submitted.all("body").first().copied().unwrap_or_default()),
            elements,
            change_note: optional(submitted.text("change_note")),
        };
        match reader.problems.is_empty() {
            true => Ok(Self { change, columns, publish_at }),
            false => Err(AppError::Invalid(reader.problems)),
        }
    }
}

struct Reader<'a> {
    submitted: &'a Submitted,
    kind: ResourceKind,
    problems: Vec<FieldProblem>,
}

impl Reader<'_> {
    fn elements(&mut self, mut elements: Elements) -> Elements {
        for (field, place) in [
            ("subtitle", &mut elements.subtitle),
            ("summary", &mut elements.summary),
            ("source", &mut elements.source),
            ("author", &mut elements.author),
            ("editor", &mut elements.editor),
            ("index_number", &mut elements.index_number),
            ("subject_class", &mut elements.subject_class),
            ("issuer", &mut elements.issuer),
            ("document_number", &mut elements.document_number),
            ("document_type", &mut elements.document_type),
            ("map_approval_number", &mut elements.map_approval_number),
        ] {
            if self.shown(field) {
                *place = optional(self.submitted.text(field));
            }
        }
        elements.original_url = optional(self.submitted.text("original_url"));
        elements.is_reprint = self.submitted.has("is_reprint");
        elements.open_basis = optional(self.submitted.text("open_basis"));
        elements.secrecy_reviewed = self.submitted.has("secrecy_reviewed");
        elements.open_mode = self.open_mode();
        elements.keywords = words(self.submitted.text("keywords"));
        elements.published_on = self.instant("published_on", "原发布时间");
        elements.expires_at = self.instant("expires_at", "有效期至");
        if self.shown("issuer") {
            elements.joint_issuers = words(self.submitted.text("joint_issuers"));
            elements.subject_words = words(self.submitted.text("subject_words"));
            elements.written_on = self.date("written_on", "成文日期");
            elements.effective_on = self.date("effective_on", "施行日期");
            elements.repealed_on = self.date("repealed_on", "废止日期");
            elements.validity = self.validity();
        }
        if self.shown("interprets") {
            elements.interprets = self.ids::<ResourceId>("interprets", "政策文件");
        }
        elements
    }

    fn shown(&self, field: &str) -> bool {
        need(self.kind, field) != Need::Unused
    }

    fn open_mode(&mut self) -> OpenMode {
        OpenMode::parse(self.submitted.text("open_mode")).unwrap_or_else(|| {
            self.wrong("open_mode", "请选择公开方式。".into());
            OpenMode::default()
        })
    }

    fn validity(&mut self) -> Option<Validity> {
        let typed = self.submitted.text("validity");
        let known = Validity::parse(typed);
        if known.is_none() && !typed.is_empty() {
            self.wrong("validity", "请从列表中选择有效性。".into());
        }
        known
    }

    fn date(&mut self, field: &'static str, label: &str) -> Option<Date> {
        let typed = self.submitted.text(field);
        let date = typed.parse().ok();
        if date.is_none() && !typed.is_empty() {
            self.wrong(field, format!("{label}应写作“2026-11-23”这样的日期。"));
        }
        date
    }

    fn instant(&mut self, field: &'static str, label: &str) -> Option<Timestamp> {
        let typed = self.submitted.text(field);
        let instant = parse_beijing(typed);
        if instant.is_none() && !typed.is_empty() {
            self.wrong(field, format!("{label}应写作“2026-11-23 09:30”这样的时间。"));
        }
        instant
    }

    fn ids<T: std::str::FromStr>(&mut self, field: &'static str, label: &str) -> Vec<T> {
        let typed: Vec<&str> = self.submitted.all(field).into_iter().filter(|text| !text.is_empty()).collect();
        let read: Vec<T> = typed.iter().filter_map(|text| text.parse().ok()).collect();
        if read.len() != typed.len() {
            self.wrong(field, format!("所选的{label}无法识别，请重新选择。"));
        }
        read
    }

    fn wrong(&mut self, field: &'static str, message: String) {
        self.problems.push(FieldProblem::new(field, message));
    }
}

/// The body to store. The editor sends HTML; without scripts people type plain lines, which become paragraphs.
fn body_of(typed: &str) -> String {
    match typed.contains('<') {
        true => to_stored(typed),
        false => render::rich_text::from_plain_text(typed).html,
    }
}

fn optional(text: &str) -> Option<String> {
    Some(text.to_owned()).filter(|text| !text.is_empty())
}

/// Words typed in one line, parted as people part them.
fn words(text: &str) -> Vec<String> {
    text.split(['；', ';', '，', ',', '、', ' ', '\u{3000}'])
        .map(str::trim)
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Result<DraftForm, AppError> {
        let pairs = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        DraftForm::read(&Submitted::from_pairs(pairs), ResourceKind::Policy, &Elements::default())
    }

    #[test]
    fn words_are_parted_as_people_part_them() {
        let form = read(&[("open_mode", "active"), ("keywords", "供热、民生；冬季 补贴，")]).ok().unwrap();
        assert_eq!(form.change.elements.keywords, ["供热", "民生", "冬季", "补贴"]);
    }

    #[test]
    fn plain_lines_typed_without_the_editor_become_paragraphs() {
        assert_eq!(body_of("甲\r\n\r\n乙"), "<p>甲</p><p>乙</p>");
        assert_eq!(body_of("<p>甲</p>"), "<p>甲</p>");
        assert_eq!(body_of(""), "");
    }

    #[test]
    fn every_unreadable_field_is_named() {
        let typed = [("open_mode", "secret"), ("written_on", "昨天"), ("publish_at", "尽快"), ("placements", "x")];
        let Err(AppError::Invalid(problems)) = read(&typed) else { panic!("accepted") };
        let fields: Vec<&str> = problems.iter().map(|problem| problem.field.as_str()).collect();
        assert_eq!(fields, ["open_mode", "written_on", "publish_at", "placements"]);
    }

    #[test]
    fn elements_that_the_form_does_not_show_are_kept() {
        let base = Elements { issuer: Some("示例机关".into()), ..Elements::default() };
        let submitted = Submitted::from_pairs(vec![("open_mode".into(), "active".into())]);
        let form = DraftForm::read(&submitted, ResourceKind::Article, &base).ok().unwrap();
        assert_eq!(form.change.elements.issuer.as_deref(), Some("示例机关"));
    }
}
