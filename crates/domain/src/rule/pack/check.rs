//! What the shape alone cannot tell: dates in order, keys that exist, sentences that can be filled, 文号 in good form.

use std::ops::Range;

use toml::Spanned;

use super::{
    Pack,
    file::{PackFile, ParameterTable, RuleTable},
};
use crate::{
    identifier::{DivisionCode, DocumentNumber},
    indicator::{IndicatorKind, IndicatorSpec},
    rule::{Direction, Mark, Parameter, Quantity, Rule, RuleId, RuleLevel, Value, sentence},
};

/// Places (byte offsets) and reasons.
type Problems = Vec<(usize, String)>;

pub(super) fn check(file: &str, parsed: PackFile, at: impl Fn(usize) -> usize) -> (Pack, Problems) {
    let mut problems = Problems::new();
    let header = parsed.pack;
    if RuleId::parse(header.id.get_ref()).is_err() {
        problems.push((header.id.span().start, "规则包编号只能用小写字母、数字、点和连字符，3至80个。".to_owned()));
    }
    check_division(header.level, header.division.as_ref(), header.id.span().start, &mut problems);
    let mut pack = Pack {
        id: header.id.into_inner(),
        title: header.title,
        version: header.version,
        dated: header.dated.into_inner().0,
        level: header.level,
        division: header.division.map(Spanned::into_inner),
        file: file.to_owned(),
        rules: Vec::new(),
    };
    for table in parsed.rules {
        let place = table.id.span();
        if let Some(rule) = read_rule(&pack, table, &at, &mut problems) {
            if pack.rules.iter().any(|other| other.id == rule.id && overlap(other, &rule)) {
                problems.push((place.start, format!("规则“{}”有两个版本的有效日期重叠。", rule.id)));
            }
            pack.rules.push(rule);
        }
    }
    (pack, problems)
}

/// Whether there is a day on which both hold.
pub(crate) fn overlap(a: &Rule, b: &Rule) -> bool {
    let begins_in =
        |one: &Rule, other: &Rule| other.until.is_none_or(|until| one.from <= until) && one.from >= other.from;
    begins_in(a, b) || begins_in(b, a)
}

fn check_division(level: RuleLevel, division: Option<&Spanned<String>>, place: usize, problems: &mut Problems) {
    match (level, division) {
        (RuleLevel::National, None) => {}
        (RuleLevel::National, Some(division)) => {
            problems.push((division.span().start, "国家规则包不写 division。".to_owned()));
        }
        (_, None) => problems.push((place, "自治区、盟市的规则包要用 division 写明行政区划代码。".to_owned())),
        (_, Some(division)) => {
            if let Err(error) = DivisionCode::parse(division.get_ref()) {
                problems.push((division.span().start, error.to_string()));
            }
        }
    }
}

fn read_rule(pack: &Pack, table: RuleTable, at: impl Fn(usize) -> usize, problems: &mut Problems) -> Option<Rule> {
    let before = problems.len();
    let id = RuleId::parse(table.id.get_ref())
        .map_err(|problem| problems.push((table.id.span().start, problem.message)))
        .ok();
    if table.document.get_ref().contains(['〔', '[', '【']) {
        let fault = DocumentNumber::parse(table.document.get_ref()).err();
        problems.extend(fault.map(|fault| (table.document.span().start, fault.to_string())));
    }
    let until = table.until.as_ref().map(|until| until.get_ref().0);
    if let Some(until) = &table.until
        && until.get_ref().0 < table.from.get_ref().0
    {
        problems.push((until.span().start, "until 早于 from。".to_owned()));
    }
    let parameters = read_parameters(table.parameters, table.mark, problems);
    for sentence in std::iter::once(&table.finding).chain(table.sentences.values()) {
        check_sentence(sentence, &parameters, &table.observed, problems);
    }
    let indicator = table.indicator.map(|spec| {
        check_indicator(spec.span(), spec.get_ref(), &parameters, problems);
        spec.into_inner()
    });
    let deadline = table.deadline.map(|spec| {
        let place = spec.span().start;
        problems.extend(spec.get_ref().objections(&parameters).into_iter().map(|reason| (place, reason)));
        spec.into_inner()
    });
    if problems.len() > before {
        return None;
    }
    Some(Rule {
        id: id?,
        name: table.name,
        document: table.document.into_inner(),
        clause: table.clause,
        excerpt: table.excerpt,
        note: table.note,
        mark: table.mark,
        level: pack.level,
        division: pack.division.clone(),
        from: table.from.into_inner().0,
        until,
        finding: table.finding.into_inner(),
        sentences: table.sentences.into_iter().map(|(name, text)| (name, text.into_inner())).collect(),
        observed: table.observed,
        parameters,
        indicator,
        deadline,
        pack: pack.id.clone(),
        pack_version: pack.version.clone(),
        line: at(table.id.span().start),
    })
}

fn read_parameters(tables: Vec<Spanned<ParameterTable>>, mark: Mark, problems: &mut Problems) -> Vec<Parameter> {
    let mut parameters: Vec<Parameter> = Vec::new();
    for table in tables {
        let place = table.span().start;
        let table = table.into_inner();
        let parameter = Parameter {
            key: table.key,
            name: table.name,
            unit: table.unit,
            value: table.value.0,
            stricter: table.stricter,
            mark: table.mark.unwrap_or(mark),
            min: table.min,
            max: table.max,
        };
        if parameters.iter().any(|other| other.key == parameter.key) {
            problems.push((place, format!("参数“{}”写了两次。", parameter.key)));
        }
        if matches!(parameter.value, Value::List(_)) && parameter.stricter != Direction::Fixed {
            problems.push((place, format!("名单“{}”只能是 stricter = \"fixed\"。", parameter.key)));
        }
        problems.extend(parameter.objection(&parameter.value).map(|objection| (place, objection)));
        parameters.push(parameter);
    }
    parameters
}

fn check_sentence(finding: &Spanned<String>, parameters: &[Parameter], observed: &[String], problems: &mut Problems) {
    let place = finding.span().start;
    if finding.get_ref().trim().is_empty() {
        problems.push((place, "没有写给人看的句子（finding）。".to_owned()));
    }
    match sentence::keys(finding.get_ref()) {
        Err(fault) => problems.push((place, fault)),
        Ok(keys) => {
            for key in keys {
                let known =
                    parameters.iter().any(|parameter| parameter.key == key) || observed.iter().any(|o| o == key);
                if !known {
                    problems.push((place, format!("句子里的“{{{key}}}”既不是参数，也不在 observed 里。")));
                }
            }
        }
    }
}

fn check_indicator(span: Range<usize>, spec: &IndicatorSpec, parameters: &[Parameter], problems: &mut Problems) {
    let mut wrong = |reason: String| problems.push((span.start, reason));
    if spec.subjects.is_empty() {
        wrong("指标要写明检查对象（subjects）。".to_owned());
    }
    let parameter = |key: &str| parameters.iter().find(|parameter| parameter.key == key);
    for key in [&spec.points, &spec.per_case].into_iter().flatten() {
        if parameter(key).is_none_or(|parameter| parameter.value.number().is_none()) {
            wrong(format!("指标引用的参数“{key}”不存在，或不是数字。"));
        }
    }
    for (key, shape) in spec.method.parameters() {
        if !parameter(key).is_some_and(|parameter| shape.fits(parameter)) {
            wrong(format!("评判方法“{}”需要{}参数“{key}”。", spec.method.as_str(), shape.chinese()));
        }
    }
    if let Some(key) = &spec.window
        && !parameter(key).is_some_and(|p| p.counts_wholes() && matches!(p.unit.as_str(), "天" | "个月"))
    {
        wrong(format!("指标的期限参数“{key}”不存在，或者单位不是天、个月。"));
    }
    let points = |key: &Option<String>| parameter(key.as_deref()?)?.value.number();
    if points(&spec.points).is_some_and(|points| points < Quantity::ZERO || points > Quantity::whole(1_000)) {
        wrong("指标分值应在0至1000之间。".to_owned());
    }
    if points(&spec.points).zip(points(&spec.per_case)).is_some_and(|(most, one)| one > most) {
        wrong("单次扣分（加分）不能大于指标总分值。".to_owned());
    }
    match (spec.kind, spec.points.is_some()) {
        (IndicatorKind::Veto, true) => wrong("单项否决没有分值，不写 points。".to_owned()),
        (IndicatorKind::Deduction | IndicatorKind::Bonus, false) => {
            wrong("扣分、加分指标要用 points 写明分值所在的参数。".to_owned());
        }
        _ => {}
    }
}
