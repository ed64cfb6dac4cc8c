//! The examples of every rule's documentation.

use std::ops::Range;

use luban_check::{Example, Flags, Objects, Options, RULES, Rule, check};
use luban_diagnostic::{Finding, Severity};
use luban_yaml::{Budget, parse};

fn findings(example: &Example, options: Options) -> Vec<Finding> {
    let mut documents = Vec::new();
    let mut refused = Vec::new();
    for file in example.files() {
        match parse(&file.name, file.text.as_bytes(), &Budget::default()) {
            Ok(read) => documents.extend(read),
            Err(findings) => refused.extend(findings),
        }
    }
    let mut objects = Objects::new(documents).with_refused(refused);
    if let Some(others) = example.others {
        objects = objects.with_files(others.iter().map(|file| (*file).to_owned()));
    }
    let options = Options {
        judged_as: example.judged_as,
        crds: example.crds,
        tekton: Flags::from_map(
            &example
                .flags
                .iter()
                .map(|(flag, value)| ((*flag).to_owned(), (*value).to_owned()))
                .collect(),
        )
        .unwrap(),
        is_closed: true,
        ..options
    };
    let mut findings = check(&objects, &options);
    for finding in &mut findings {
        in_whole(example, finding);
    }
    findings
}

/// Moves a finding's place from its file to the whole of the example.
fn in_whole(example: &Example, finding: &mut Finding) {
    let place = finding.place.as_mut().unwrap();
    let files = example.files();
    let file = files.iter().find(|file| *file.name == *place.file).unwrap();
    place.span.start.offset += file.start as u32;
    place.span.end.offset += file.start as u32;
}

fn only(rule: &Rule) -> Options {
    Options {
        only: [rule.id.to_owned()].into(),
        profile: rule.profile,
        ..Options::default()
    }
}

/// Whether a finding counts in an example of a rule: only rules that ask for other objects give all of them, and only examples of
/// dangers are written as carefully as a platform is.
fn counts(rule: &Rule, finding: &Finding) -> bool {
    let Some(other) = luban_check::rule(finding.rule) else {
        return true;
    };
    let is_danger = other.family == luban_check::Family::Dangerous;
    other.id == rule.id
        || !finding.message.contains("is not found")
            && !other.asks_for_others()
            && (!is_danger || rule.family == other.family)
}

fn span(finding: &Finding) -> Range<usize> {
    let span = finding.place.as_ref().unwrap().span;
    span.start.offset as usize..span.end.offset as usize
}

fn shown(finding: &Finding, yaml: &str) -> String {
    format!(
        "{} at `{}`: {}",
        finding.rule,
        &yaml[span(finding)],
        finding.message
    )
}

#[test]
fn each_rule_alone_finds_its_bad_examples_where_they_are_marked() {
    for rule in RULES.iter() {
        assert_eq!(rule.bad.is_empty(), rule.is_of_files(), "{}", rule.id);
        for example in rule.bad {
            let yaml = example.yaml();
            assert!(!example.found().is_empty(), "{} marks nothing", rule.id);
            let found = findings(example, only(rule));
            let shown: Vec<_> = found.iter().map(|finding| shown(finding, &yaml)).collect();
            assert!(
                found.iter().all(|finding| finding.rule == rule.id),
                "{}: {shown:#?}",
                rule.id
            );
            let mut places: Vec<_> = found.iter().map(span).collect();
            places.sort_by_key(|place| place.start);
            assert_eq!(places, example.found(), "{}: {shown:#?}", rule.id);
        }
    }
}

#[test]
fn a_bad_example_shows_one_cause_only() {
    let mut bad = Vec::new();
    for rule in RULES.iter() {
        for example in rule.bad {
            let yaml = example.yaml();
            let others: Vec<_> = findings(example, Options::default())
                .iter()
                .filter(|finding| finding.rule != rule.id && counts(rule, finding))
                .map(|finding| shown(finding, &yaml))
                .collect();
            if !others.is_empty() {
                bad.push(format!("{}: {others:#?}", rule.id));
            }
        }
    }
    assert!(bad.is_empty(), "{}", bad.join("\n"));
}

#[test]
fn good_examples_have_no_findings() {
    let mut bad = Vec::new();
    for rule in RULES.iter() {
        for example in rule.good {
            let yaml = example.yaml();
            let shown: Vec<_> = findings(example, Options::default())
                .iter()
                .filter(|finding| counts(rule, finding))
                .map(|finding| shown(finding, &yaml))
                .collect();
            if !shown.is_empty() {
                bad.push(format!("{}: {shown:#?}", rule.id));
            }
        }
    }
    assert!(bad.is_empty(), "{}", bad.join("\n"));
}

#[test]
fn no_two_rules_have_the_same_name_and_each_says_what_it_is() {
    let mut ids: Vec<_> = RULES.iter().map(|rule| rule.id).collect();
    ids.sort_unstable();
    let all = ids.len();
    ids.dedup();
    assert_eq!(ids.len(), all);
    for rule in RULES.iter() {
        assert!(
            rule.id
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte == b'-'),
            "{}",
            rule.id
        );
        for text in [rule.title, rule.why, rule.fix, rule.source] {
            assert!(!text.is_empty(), "{}", rule.id);
        }
        assert!(!rule.title.ends_with('.'), "{}", rule.id);
    }
}

#[test]
fn a_rule_that_is_off_finds_nothing() {
    for rule in RULES.iter() {
        let options = Options {
            off: [rule.id.to_owned()].into(),
            ..Options::default()
        };
        for example in rule.bad {
            let found = findings(example, options.clone());
            assert!(
                found.iter().all(|finding| finding.rule != rule.id),
                "{}",
                rule.id
            );
        }
    }
}

#[test]
fn findings_of_rejected_are_errors() {
    for rule in RULES.iter() {
        if rule.family == luban_check::Family::Rejected {
            assert_eq!(rule.severity, Severity::Error, "{}", rule.id);
        }
    }
}
