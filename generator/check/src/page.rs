//! What is said about rules: pages of documentation, for terminals, and for what reads SARIF.

use std::fmt::Write;

use luban_diagnostic::{Finding, RuleText, Severity, Sources, human};
use luban_yaml::{Budget, parse};

use crate::checked::check;
use crate::flags::Flags;
use crate::objects::Objects;
use crate::options::Options;
use crate::rule::{Check, Confidence, Example, Family, Profile, Rule};
use crate::rules::RULES;

/// What examples are called in findings.
const FILE: &str = "example.yaml";

/// What every page says of itself.
pub const GENERATED: &str = "<!-- Generated from the rules in generator/check/src/rules; change those, then run `make generate`. -->";

/// The page of a rule, in Markdown.
#[must_use]
pub fn page(rule: &Rule) -> String {
    let mut page = format!(
        "# `{}`\n\n{GENERATED}\n\nFinds {}.\n\n{}\n\n## Why\n\n{}\n",
        rule.id,
        rule.title,
        facts(rule),
        rule.why
    );
    page.push_str(&examples(rule, "##"));
    let _ = write!(
        page,
        "\n## What to do\n\n{}\n\n{}\n\n## Source\n\n{}\n\n[All rules](README.md)\n",
        rule.fix,
        accept(rule),
        rule.source
    );
    page
}

/// The page that lists all rules, in Markdown.
#[must_use]
pub fn index() -> String {
    let mut index = format!(
        "# Rules of `luban check`\n\n{GENERATED}\n\n{} rules. How to run them, choose among them and accept what they find: \
         [check.md](../check.md). `luban explain RULE` prints a page in the terminal.\n",
        RULES.len()
    );
    for (family, words) in [
        (
            Family::Rejected,
            "What controllers, their servers or their definitions reject. Errors.",
        ),
        (
            Family::Broken,
            "What they accept, and then fail at or ignore.",
        ),
        (Family::Dangerous, "What an attacker would use."),
    ] {
        let _ = write!(
            index,
            "\n## {family}\n\n{words}\n\n| rule | what it finds | | profile | confidence |\n|---|---|---|---|---|\n"
        );
        for rule in RULES.iter().filter(|rule| rule.family == family) {
            let _ = writeln!(
                index,
                "| [`{0}`]({0}.md) | {1} | {2} | {3} | {4} |",
                rule.id,
                rule.title.replace('|', "\\|"),
                rule.severity,
                rule.profile,
                rule.confidence
            );
        }
    }
    index
}

/// What `luban explain` prints about a rule.
#[must_use]
pub fn explanation(rule: &Rule) -> String {
    let mut text = format!(
        "{}[{}]: {}\n\n{}, {} confidence, {}\n\nwhy: {}\n",
        rule.severity,
        rule.id,
        rule.title,
        rule.family,
        rule.confidence,
        shown_to(rule.profile),
        rule.why
    );
    if let Some(example) = rule.bad.first() {
        let _ = write!(text, "\nwrong:\n\n{}", rendered(rule, example));
    }
    if let Some(example) = rule.good.first() {
        let yaml = example.yaml();
        let lines = yaml.trim_end().lines().map(|line| format!("    {line}\n"));
        let _ = write!(text, "right:\n\n{}", lines.collect::<String>());
    }
    let _ = write!(
        text,
        "\nwhat to do: {}\n\nsource: {}\n",
        rule.fix, rule.source
    );
    text
}

/// What SARIF says about a rule.
#[must_use]
pub fn text(rule: &Rule) -> RuleText {
    let markdown = format!(
        "{}\n{}\n### What to do\n\n{}\n\nSource: {}\n",
        rule.why,
        examples(rule, "###"),
        rule.fix,
        rule.source
    );
    RuleText {
        title: rule.title.to_owned(),
        text: format!("{} {}", rule.why, rule.fix),
        markdown,
        precision: match rule.confidence {
            Confidence::High => "very-high",
            Confidence::Medium => "high",
            Confidence::Low => "medium",
        },
        is_security: rule.family == Family::Dangerous,
        tags: vec![rule.family.to_string()],
    }
}

fn facts(rule: &Rule) -> String {
    let kinds = rule.kinds.iter().map(|kind| format!("`{kind}`"));
    let kinds: Vec<String> = kinds.collect();
    let kinds = if kinds.is_empty() {
        "any".to_owned()
    } else {
        kinds.join(", ")
    };
    format!(
        "| family | severity | confidence | profile | kinds |\n|---|---|---|---|---|\n| {} | {} | {} | {} | {kinds} |",
        rule.family, rule.severity, rule.confidence, rule.profile
    )
}

fn shown_to(profile: Profile) -> &'static str {
    match profile {
        Profile::Regular => "always shown",
        Profile::Strict => "shown with `--profile strict`",
    }
}

fn accept(rule: &Rule) -> String {
    if matches!(rule.check, Check::Comments) {
        return String::from("`levels` of `luban-check.yaml` can accept it, with a reason.");
    }
    if rule.is_of_files() || rule.id == "syntax" {
        return String::from("No comment can accept it; `luban-check.yaml` can exclude the file.");
    }
    format!(
        "To accept it in one place, say why: `# luban: ignore[{}] reason` at the end of the line, or above the object.",
        rule.id
    )
}

/// What is wrong, with what is found there, and what is right.
fn examples(rule: &Rule, heading: &str) -> String {
    let mut text = String::new();
    for (at, example) in rule.bad.iter().enumerate() {
        let _ = match at {
            0 => write!(text, "\n{heading} Wrong\n\n"),
            _ => write!(text, "\nand\n\n"),
        };
        text.push_str(&fenced("yaml", &example.yaml()));
        text.push('\n');
        text.push_str(&fenced("text", &rendered(rule, example)));
    }
    for (at, example) in rule.good.iter().enumerate() {
        let _ = match at {
            0 => write!(text, "\n{heading} Right\n\n"),
            _ => write!(text, "\nor\n\n"),
        };
        text.push_str(&fenced("yaml", &example.yaml()));
    }
    text
}

/// A block of code, between fences that it does not have itself.
fn fenced(language: &str, text: &str) -> String {
    let mut fence = "```".to_owned();
    while text.contains(&fence) {
        fence.push('`');
    }
    format!("{fence}{language}\n{}\n{fence}\n", text.trim_end())
}

/// What a rule finds in an example, as people see it.
fn rendered(rule: &Rule, example: &Example) -> String {
    let yaml = example.yaml();
    let mut sources = Sources::new();
    sources.insert(FILE, yaml.as_str());
    human(&found(rule, example, &yaml), &sources, false)
}

fn found(rule: &Rule, example: &Example, yaml: &str) -> Vec<Finding> {
    let objects = match parse(FILE, yaml.as_bytes(), &Budget::default()) {
        Ok(documents) => Objects::new(documents),
        Err(findings) => Objects::default().with_refused(findings),
    };
    let flags = example.flags.iter();
    let flags = flags.map(|(flag, value)| ((*flag).to_owned(), (*value).to_owned()));
    let options = Options {
        judged_as: example.judged_as,
        crds: example.crds,
        tekton: Flags::from_map(&flags.collect()).unwrap_or_default(),
        is_closed: true,
        profile: rule.profile,
        only: [rule.id.to_owned()].into(),
        ..Options::default()
    };
    check(&objects, &options)
}

/// Rules by how much they weigh, to list them.
#[must_use]
pub fn list() -> String {
    let width = RULES.iter().map(|rule| rule.id.len()).max().unwrap_or(0);
    let mut text = String::new();
    for rule in RULES.iter() {
        let weight = match (rule.severity, rule.profile) {
            (Severity::Error, _) => "error",
            (_, Profile::Strict) => "strict",
            (Severity::Warning, _) => "warning",
            (Severity::Note, _) => "note",
        };
        let _ = writeln!(text, "  {:width$}  {weight:7}  {}", rule.id, rule.title);
    }
    text
}
