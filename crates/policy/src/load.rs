//! Loading: parse, name, strictly validate and sort the policies by the requests they can apply to.

use std::{
    collections::{HashMap, HashSet},
    str::FromStr,
};

use cedar_policy::{
    Authorizer, Entities, EntityId, EntityTypeName, EntityUid, Policy as CedarPolicy, PolicyId, PolicySet, Schema,
    ValidationError, ValidationMode, Validator,
};
use miette::Diagnostic;

use crate::{
    action::Action,
    decide::{ActionRules, Policy},
    entities::EntityBuilder,
    error::PolicyError,
    target::Kind,
};

/// A file: its name and its text.
type File<'a> = (&'a str, &'a str);

/// A schema and the policies written against it.
pub(crate) struct Files<'a> {
    pub(crate) schema: File<'a>,
    pub(crate) policies: &'a [File<'a>],
}

/// The files that ship with the binary.
pub(crate) const BUILT_IN: Files<'static> = Files {
    schema: ("schema.cedarschema", include_str!("../policies/schema.cedarschema")),
    policies: &[
        ("publishing.cedar", include_str!("../policies/publishing.cedar")),
        ("administration.cedar", include_str!("../policies/administration.cedar")),
        ("oneself.cedar", include_str!("../policies/oneself.cedar")),
        ("rules.cedar", include_str!("../policies/rules.cedar")),
        ("screening.cedar", include_str!("../policies/screening.cedar")),
        ("lexicon.cedar", include_str!("../policies/lexicon.cedar")),
        ("migration.cedar", include_str!("../policies/migration.cedar")),
        ("separation.cedar", include_str!("../policies/separation.cedar")),
    ],
};

/// Where a policy stands: its file and its first line.
type Place<'a> = (File<'a>, usize);

/// Loads `files`, or says which line of which file is wrong.
pub(crate) fn load_from(files: &Files) -> Result<Policy, PolicyError> {
    let schema = read_schema(files.schema)?;
    let (policies, places) = read_policies(files.policies)?;
    validate(&schema, &policies, &places)?;
    let known = schema.action_entities().map_err(|error| wrong(files.schema, 1, error.to_string()))?;
    let applies = applicability(&schema, &policies);
    let actions = Action::ALL
        .into_iter()
        .map(|action| rules_of(action, &schema, &known, &applies).map_err(|reason| wrong(files.schema, 1, reason)))
        .collect::<Result<_, _>>()?;
    Ok(Policy { authorizer: Authorizer::new(), entities: EntityBuilder::new(), actions })
}

pub(crate) fn read_schema(file: File) -> Result<Schema, PolicyError> {
    let (schema, warnings) =
        Schema::from_cedarschema_str(file.1).map_err(|error| wrong(file, line_of(file.1, &error, 1), full(&error)))?;
    if let Some(warning) = warnings.into_iter().next() {
        return Err(wrong(file, line_of(file.1, &warning, 1), full(&warning)));
    }
    for uid in schema.actions().filter(|uid| !schema.action_groups().any(|group| group == *uid)) {
        let word: &str = uid.id().unescaped();
        if Action::parse(word).is_none() {
            let line = file.1.find(&format!("\"{word}\"")).map_or(1, |offset| line_at(file.1, offset));
            return Err(wrong(file, line, format!("action `{word}` is unknown to the program")));
        }
    }
    Ok(schema)
}

/// Reads all files into one set, with `@id` as the policies' names.
pub(crate) fn read_policies<'a>(files: &[File<'a>]) -> Result<(PolicySet, HashMap<PolicyId, Place<'a>>), PolicyError> {
    let mut all = PolicySet::new();
    let mut places = HashMap::new();
    for &file in files {
        let set = PolicySet::from_str(file.1).map_err(|error| wrong(file, line_of(file.1, &error, 1), full(&error)))?;
        for policy in set.policies() {
            // The text of a parsed policy is the very piece of the file it came from.
            let line = file.1.find(&policy.to_string()).map_or(1, |offset| line_at(file.1, offset));
            let Some(word) = policy.annotation("id") else {
                return Err(wrong(file, line, "the policy has no @id".to_owned()));
            };
            let id = PolicyId::new(word);
            let named = policy.new_id(id.clone());
            all.add(named).map_err(|_| wrong(file, line, format!("@id(\"{word}\") is used twice")))?;
            places.insert(id, (file, line));
        }
        if let Some(template) = set.templates().next() {
            return Err(wrong(file, 1, format!("templates are not used here: {template}")));
        }
    }
    Ok((all, places))
}

/// Strict validation; warnings (a policy that can never apply, look-alike letters) count as mistakes.
fn validate(schema: &Schema, policies: &PolicySet, places: &HashMap<PolicyId, Place>) -> Result<(), PolicyError> {
    let result = Validator::new(schema.clone()).validate(policies, ValidationMode::Strict);
    // A misspelt action is reported twice, first vaguely as "no applicable action": prefer the other words.
    let (vague, mut errors): (Vec<_>, Vec<_>) =
        result.validation_errors().partition(|error| matches!(error, ValidationError::InvalidActionApplication(_)));
    errors.extend(vague);
    let errors = errors.into_iter().map(|error| (error.policy_id(), error as &dyn Diagnostic));
    let warnings = result.validation_warnings().map(|warning| (warning.policy_id(), warning as &dyn Diagnostic));
    let mut found = errors.chain(warnings).filter_map(|(id, problem)| {
        let &(file, line) = places.get(id)?;
        Some(wrong(file, line_of(file.1, problem, line), full(problem)))
    });
    match found.next() {
        Some(problem) => Err(problem),
        None => Ok(()),
    }
}

/// Which requests each policy can apply to, by action word and name of the target's kind.
type Applies<'p> = Vec<(&'p CedarPolicy, HashSet<(String, String)>)>;

/// Sorts out, once and for all, which policies can apply to which request. This is what keeps a decision fast: Cedar
/// would otherwise look at every policy every time.
fn applicability<'p>(schema: &Schema, policies: &'p PolicySet) -> Applies<'p> {
    let requests = |policy: &CedarPolicy| {
        policy
            .get_valid_request_envs(schema)
            .map(|request| (request.action().id().unescaped().to_owned(), request.resource().to_string()))
            .collect()
    };
    policies.policies().map(|policy| (policy, requests(policy))).collect()
}

/// The rules of one action for each kind of target that the schema allows.
fn rules_of(action: Action, schema: &Schema, known: &Entities, applies: &Applies) -> Result<ActionRules, String> {
    let action_type = EntityTypeName::from_str("Action").map_err(|error| error.to_string())?;
    let uid = EntityUid::from_type_name_and_id(action_type, EntityId::new(action.as_str()));
    let entity = known.get(&uid).cloned().ok_or_else(|| format!("action `{}` is missing", action.as_str()))?;
    let kinds: Vec<String> = schema.resources_for_action(&uid).into_iter().flatten().map(ToString::to_string).collect();
    let mut by_kind: [Option<PolicySet>; Kind::ALL.len()] = Default::default();
    for kind in Kind::ALL.into_iter().filter(|kind| kinds.iter().any(|name| name == kind.as_str())) {
        let request = (action.as_str().to_owned(), kind.as_str().to_owned());
        let chosen =
            applies.iter().filter(|(_, requests)| requests.contains(&request)).map(|&(policy, _)| policy.clone());
        by_kind[kind as usize] = Some(PolicySet::from_policies(chosen).map_err(|error| error.to_string())?);
    }
    Ok(ActionRules { uid, entity, by_kind })
}

fn wrong(file: File, line: usize, reason: String) -> PolicyError {
    PolicyError { file: file.0.to_owned(), line, reason }
}

fn full(problem: &dyn Diagnostic) -> String {
    match problem.help() {
        Some(help) => format!("{problem} ({help})"),
        None => problem.to_string(),
    }
}

fn line_of(text: &str, problem: &dyn Diagnostic, otherwise: usize) -> usize {
    offset_of(problem).map_or(otherwise, |offset| line_at(text, offset))
}

/// Byte offset of the first label of `problem` or of a problem it brings along.
fn offset_of(problem: &dyn Diagnostic) -> Option<usize> {
    let own = problem.labels().and_then(|mut labels| labels.next()).map(|label| label.offset());
    own.or_else(|| problem.related().and_then(|mut related| related.find_map(offset_of)))
        .or_else(|| problem.diagnostic_source().and_then(offset_of))
}

fn line_at(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1
}
