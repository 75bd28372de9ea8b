//! Reads a form; a bad one is refused with file, line and reason, all problems at once.

use toml::Spanned;

use super::{
    CrossCheck, Equation, Field, FieldType, Form, FormHeader, Key, PublicationDeadline,
    file::{CheckTable, FieldTable, FormFile, HeaderTable},
};
use crate::{
    identifier::DocumentNumber,
    rule::{
        PackProblem,
        pack::{located, read_toml},
        sentence,
    },
};

type Problems = Vec<(usize, String)>;

impl Form {
    /// Reads a form.
    ///
    /// # Errors
    /// Every problem with its line, except that a file which is no TOML has only that one.
    pub fn parse(file: &str, text: &str) -> Result<Self, Vec<PackProblem>> {
        let parsed: FormFile = read_toml(file, text)?;
        let mut problems = Problems::new();
        let header = read_header(parsed.form, parsed.deadlines, &mut problems);
        let mut form = Self { header, groups: Vec::new(), fields: Vec::new(), checks: Vec::new() };
        for group in parsed.groups {
            let at = group.span().start;
            let group = group.into_inner();
            if form.groups.iter().any(|other| other.key == group.key) {
                problems.push((at, format!("分组“{}”写了两次。", group.key)));
            }
            form.groups.push(group);
        }
        for table in parsed.fields {
            read_field(&mut form, table, &mut problems);
        }
        for table in parsed.checks {
            read_check(&mut form, table, &mut problems);
        }
        if problems.is_empty() { Ok(form) } else { Err(located(file, text, problems)) }
    }
}

pub(crate) fn read_header(
    table: HeaderTable,
    deadlines: Vec<PublicationDeadline>,
    problems: &mut Problems,
) -> FormHeader {
    let document = table.document.get_ref();
    if document.contains(['〔', '[', '【'])
        && let Err(fault) = DocumentNumber::parse(document)
    {
        problems.push((table.document.span().start, fault.to_string()));
    }
    FormHeader {
        id: table.id,
        title: table.title,
        document: table.document.into_inner(),
        version: table.version,
        dated: table.dated.0,
        mark: table.mark,
        note: table.note,
        deadlines,
    }
}

fn read_field(form: &mut Form, table: Spanned<FieldTable>, problems: &mut Problems) {
    let at = table.span().start;
    let table = table.into_inner();
    let mut wrong = |reason: String| problems.push((at, reason));
    if form.fields.iter().any(|other| other.key == table.key) {
        wrong(format!("字段“{}”写了两次。", table.key));
    }
    if !form.groups.iter().any(|group| group.key == table.group) {
        wrong(format!("字段“{}”的分组“{}”不存在。", table.key, table.group));
    }
    let chooses = matches!(table.kind, FieldType::Choice | FieldType::Choices);
    if chooses == table.choices.is_empty() {
        wrong(format!("字段“{}”：只有选项字段写 choices，并且不能为空。", table.key));
    }
    if table.form.is_some() && table.kind != FieldType::Text {
        wrong(format!("字段“{}”：form 只用于文字字段。", table.key));
    }
    form.fields.push(Field {
        key: table.key,
        group: table.group,
        name: table.name,
        unit: table.unit,
        kind: table.kind,
        mark: table.mark,
        choices: table.choices,
        form: table.form,
        required: table.required,
        internal: table.internal,
    });
}

fn read_check(form: &mut Form, table: Spanned<CheckTable>, problems: &mut Problems) {
    let at = table.span().start;
    let table = table.into_inner();
    if form.checks.iter().any(|other| other.id == table.id) {
        problems.push((at, format!("校验“{}”写了两次。", table.id)));
    }
    let numeric = |key: &Key| {
        form.field(key.as_str()).is_some_and(|field| matches!(field.kind, FieldType::Integer | FieldType::Decimal))
    };
    let rule = match Equation::parse(table.rule.get_ref()) {
        Ok(rule) => rule,
        Err(reason) => {
            problems.push((table.rule.span().start, reason));
            return;
        }
    };
    for reference in rule.references().filter(|reference| !numeric(&reference.key)) {
        problems.push((table.rule.span().start, format!("校验里的“{}”不是数字字段。", reference.key)));
    }
    let place = table.message.span().start;
    match sentence::keys(table.message.get_ref()) {
        Err(reason) => problems.push((place, reason)),
        Ok(keys) => {
            for key in keys {
                let known = rule.references().any(|reference| reference.to_string() == key);
                if !known {
                    problems.push((place, format!("句子里的“{{{key}}}”不在校验里。")));
                }
            }
        }
    }
    form.checks.push(CrossCheck {
        id: table.id,
        rule,
        message: table.message.into_inner(),
        mark: table.mark,
        doubtful: table.doubtful,
    });
}
