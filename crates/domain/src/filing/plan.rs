//! From applicant and action to a route or a refusal.

use jiff::civil::Date;

use super::{
    Act, Applicant, ApplicantKind, Circumstances, Clause, Decision, Duty, FilingKind, FilingSubject, Gate, GateKind,
    Limit, NationalSystem, Office, Paper, PublicNotice, Refusal, RefusalReason, Route, Step, Submission, Warning,
    account_plan, explanation, office, site_plan,
};
use crate::rule::{RuleId, RuleInForce, RulesInForce, builtin};

/// The rules that hold for an applicant on a day, as they ship, without what region and leagues changed.
pub fn rules_on(applicant: &Applicant, date: Date) -> RulesInForce<'static> {
    builtin::book().in_force(&[], Some(&applicant.division), date)
}

/// The route of an application. `rules` are those of the applicant's division on the day of the application.
///
/// # Errors
/// A [`Refusal`] when the application cannot be made: out of scope, an inner office, a unit that does not open such
/// things, one too many, or a day for which no rule is known.
pub fn route(
    kind: FilingKind,
    applicant: &Applicant,
    circumstances: &Circumstances,
    rules: &RulesInForce<'_>,
) -> Result<Route, Refusal> {
    let mut draft = Draft::new(kind, applicant, rules);
    let Some(above) = office::offices_above(applicant) else {
        let message = format!("行政区划代码{}不在自治区的区划名录里，请核对申请单位。", applicant.division);
        return Err(draft.refuse_plainly(RefusalReason::UnknownDivision, message));
    };
    draft.check_scope()?;
    match kind.subject() {
        FilingSubject::Site => site_plan::plan(&mut draft, above, circumstances)?,
        FilingSubject::Account => account_plan::plan(&mut draft, above, circumstances)?,
    }
    draft.route.explanation = explanation::explain(&draft.route);
    Ok(draft.route)
}

/// A route while it is being drawn up. Every part names the rule it rests on, and the rule joins the basis.
pub(super) struct Draft<'a, 'b> {
    pub(super) route: Route,
    rules: &'a RulesInForce<'b>,
}

impl<'b> Draft<'_, 'b> {
    pub(super) fn kind(&self) -> FilingKind {
        self.route.kind
    }

    pub(super) fn applicant(&self) -> &Applicant {
        &self.route.applicant
    }

    /// The rule, now part of the basis.
    pub(super) fn cite(&mut self, id: &str) -> Result<RuleInForce<'b>, Refusal> {
        let rule = self.rule(id)?;
        let clause = Clause::of(rule.rule);
        if !self.route.basis.contains(&clause) {
            self.route.basis.push(clause);
        }
        Ok(rule)
    }

    /// The rule, only looked at.
    pub(super) fn rule(&self, id: &str) -> Result<RuleInForce<'b>, Refusal> {
        self.rules.rule(id).ok_or_else(|| {
            let message =
                format!("规则包里没有{}适用于该单位的规则“{id}”，不能判断，请核对日期和规则包。", self.rules.date());
            self.refuse_plainly(RefusalReason::NoRule, message)
        })
    }

    pub(super) fn step(&mut self, office: Office, act: Act, rule: &RuleInForce<'_>) {
        let (basis, mark) = source(rule);
        self.route.steps.push(Step { office, act, basis, mark });
    }

    pub(super) fn submit(&mut self, system: NationalSystem, what: &str, when: &str, rule: &RuleInForce<'_>) {
        let (basis, mark) = source(rule);
        self.route.submissions.push(Submission { system, what: what.into(), when: when.into(), basis, mark });
    }

    pub(super) fn gate(&mut self, kind: GateKind, what: &str, only_for: Option<&str>, rule: &RuleInForce<'_>) {
        let (basis, mark) = source(rule);
        self.route.gates.push(Gate { kind, what: what.into(), only_for: only_for.map(str::to_owned), basis, mark });
    }

    pub(super) fn notice(&mut self, what: &str, place: &str, least_days: Option<i64>, rule: &RuleInForce<'_>) {
        let (basis, mark) = source(rule);
        self.route.notices.push(PublicNotice { what: what.into(), place: place.into(), least_days, basis, mark });
    }

    pub(super) fn limit(&mut self, what: &str, most: i64, unit: &str, rule: &RuleInForce<'_>) {
        let (basis, mark) = source(rule);
        self.route.limits.push(Limit { what: what.into(), most, unit: unit.into(), basis, mark });
    }

    pub(super) fn afterwards(&mut self, what: &str, rule: &RuleInForce<'_>) {
        let (basis, mark) = source(rule);
        self.route.afterwards.push(Duty { what: what.into(), basis, mark });
    }

    pub(super) fn warn(&mut self, message: impl Into<String>, rule: &RuleInForce<'_>) {
        let (basis, mark) = source(rule);
        self.route.warnings.push(Warning { message: message.into(), basis, mark });
    }

    pub(super) fn papers(&mut self, id: &str, key: &str) -> Result<(), Refusal> {
        let rule = self.cite(id)?;
        let (basis, mark) = source(&rule);
        let papers = rule.list(key).iter().map(|name| Paper { name: name.clone(), basis: basis.clone(), mark });
        self.route.papers.extend(papers);
        Ok(())
    }

    /// A refusal in the words of a rule; `{unit}` is the applicant's name.
    pub(super) fn refuse(&self, reason: RefusalReason, id: &str, observed: &[(&str, String)]) -> Refusal {
        let rule = match self.rule(id) {
            Ok(rule) => rule,
            Err(refusal) => return refusal,
        };
        let mut observed = observed.to_vec();
        observed.push(("unit", self.route.applicant.name.clone()));
        let basis = vec![Clause::of(rule.rule)];
        let explanation = explanation::explain_refusal(&basis, &rule.finding(&observed));
        Refusal { kind: self.route.kind, reason, basis, explanation }
    }

    fn refuse_plainly(&self, reason: RefusalReason, explanation: String) -> Refusal {
        Refusal { kind: self.route.kind, reason, basis: Vec::new(), explanation }
    }

    fn new<'a>(kind: FilingKind, applicant: &Applicant, rules: &'a RulesInForce<'b>) -> Draft<'a, 'b> {
        let route = Route {
            kind,
            applicant: applicant.clone(),
            decision: Decision::Allowed,
            papers: Vec::new(),
            steps: Vec::new(),
            submissions: Vec::new(),
            gates: Vec::new(),
            notices: Vec::new(),
            limits: Vec::new(),
            afterwards: Vec::new(),
            warnings: Vec::new(),
            basis: Vec::new(),
            explanation: String::new(),
        };
        Draft { route, rules }
    }

    /// 一（一）: who is in scope. Those out of scope open nothing; what they already have is still changed, closed or
    /// removed by the same way, with a warning.
    fn check_scope(&mut self) -> Result<(), Refusal> {
        let kind = self.route.applicant.kind;
        if self.route.applicant.by_reference() {
            let rule = self.cite("filing.scope")?;
            self.warn(format!("申请单位是{}，参照通知执行。", kind.chinese()), &rule);
        }
        if !matches!(kind, ApplicantKind::PublicInstitution | ApplicantKind::Enterprise) {
            return Ok(());
        }
        if self.route.kind.opens() {
            let refusal = self.refuse(RefusalReason::OutOfScope, "filing.scope", &[]);
            let hint = "由法律法规授权行使行政管理职权的，请以“法律法规授权的单位”申请，并附授权依据。";
            let explanation = format!("{}{hint}", refusal.explanation);
            return Err(Refusal { explanation, ..refusal });
        }
        let rule = self.cite("filing.scope")?;
        if self.route.kind != FilingKind::AccountRemove {
            let message = format!(
                "申请单位是{}，不在管理范围内；已纳入监管的，照本路线办理，或整合、关停、删除。",
                kind.chinese()
            );
            self.warn(message, &rule);
        }
        Ok(())
    }
}

fn source(rule: &RuleInForce<'_>) -> (RuleId, crate::rule::Mark) {
    (rule.rule.id.clone(), rule.rule.mark)
}
