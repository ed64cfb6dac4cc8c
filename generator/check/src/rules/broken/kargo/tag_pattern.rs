use luban_expression::go_regexp;

use crate::argo_cd::is_template;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "tag-pattern",
    kinds: &["Warehouse"],
    title: "a pattern of tags that cannot be read, or a field that Kargo reads no more",
    why: "Discovery ends with an error at a pattern that is no regular expression of Go, and since v1.11 at \
          `allowTags` and `ignoreTags`.",
    fix: "Correct the pattern; write `allowTagsRegexes` and `ignoreTagsRegexes`.",
    source: "kargo v1.11.2 pkg/image, pkg/controller/git/commit",
    bad: &[Example::new(
        "apiVersion: kargo.akuity.io/v1alpha1
kind: Warehouse
metadata: {name: web, namespace: shop}
spec:
  subscriptions:
  - image: {repoURL: example.com/shop/web, constraint: ^1.2.0, allowTagsRegexes: ['v.*', '⟦*⟧-alpine'], ⟦allowTags⟧: v.*}
",
    )],
    good: &[Example::new(
        "apiVersion: kargo.akuity.io/v1alpha1
kind: Warehouse
metadata: {name: web, namespace: shop}
spec:
  subscriptions:
  - image: {repoURL: example.com/shop/web, constraint: ^1.2.0, allowTagsRegexes: ['v.*']}
",
    )],
    check: Check::Object(check),
    ..BROKEN
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let entry = subject.entry;
    let document = &entry.document;
    let list = entry.path.key("spec").key("subscriptions");
    for index in 0..document.length_at(&list).unwrap_or(0) {
        for kind in ["image", "git"] {
            let at = list.index(index).key(kind);
            for field in ["allowTagsRegexes", "ignoreTagsRegexes"] {
                let patterns = at.key(field);
                for index in 0..document.length_at(&patterns).unwrap_or(0) {
                    let Some(scalar) = document.scalar(&patterns.index(index)).filter(|scalar| !is_template(scalar.text())) else { continue };
                    if let Err(problem) = go_regexp::check(scalar.text()) {
                        sink.push(sink.finding(problem.message).at(scalar.place_of(problem.span)));
                    }
                }
            }
            for field in ["allowTags", "ignoreTags"] {
                let at = at.key(field);
                if document.has(&at) && document.has_value(&at) {
                    let finding = sink.finding(format!("Kargo v1.11 refuses `{field}` when it discovers: write `{field}Regexes`"));
                    sink.push(finding.at(document.locate_key(&at)));
                }
            }
        }
    }
}
