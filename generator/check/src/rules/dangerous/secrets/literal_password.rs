use crate::rules::prelude::*;
use crate::surface::has_variable;
use luban_diagnostic::Place;

pub(crate) static RULE: Rule = Rule {
    id: "literal-password",
    title: "a password as a plain value",
    why: "The name says that this is a secret, and its value stands in the manifest: in Git, in the cluster's objects, in \
          every description of the pod.",
    fix: "Keep it in a Secret and name it: `valueFrom: {secretKeyRef: {name: …, key: …}}`.",
    source: "kubernetes v1.35 docs, Good practices for Kubernetes Secrets",
    bad: &[
        Example::new(
            "apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  containers:
  - name: a
    image: postgres:18.1
    env: [{name: POSTGRES_PASSWORD, value: ⟦hunter2⟧}]
    args: [⟦--admin-password=hunter2⟧]
",
        ),
    ],
    good: &[
        Example::new(
            "apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  containers:
  - name: a
    image: postgres:18.1
    env:
    - {name: POSTGRES_PASSWORD_FILE, value: /run/secrets/password}
    - {name: TOKEN, value: $(params.token)}
    - {name: API_KEY, valueFrom: {secretKeyRef: {name: api, key: key}}}
    args: [--token=/run/secrets/token, --password=$(PASSWORD)]
",
        ),
    ],
    check: Check::Surface(check),
    ..DANGEROUS
};

fn check(surface: &Surface<'_>, sink: &mut Sink<'_>) {
    for container in surface.containers() {
        for variable in container.env() {
            let (Some(name), Some(value)) = (variable.text_of("name"), variable.get("value")) else {
                continue;
            };
            if is_secret(name) && is_literal(value.text().unwrap_or_default()) {
                push(format!("`{name}` has its value written down"), value.place(), sink);
            }
        }
        for word in container.words() {
            let text = word.text().unwrap_or_default();
            if let Some((option, value)) = text.split_once('=')
                && option.starts_with("--")
                && is_secret(option)
                && is_literal(value)
            {
                push(format!("`{option}` has its value written down"), word.place(), sink);
            }
        }
    }
}

fn push(message: String, place: Place, sink: &mut Sink<'_>) {
    sink.push(sink.finding(message).at(place).redacted());
}

/// Whether a name is that of a password, and not of a file, a Secret or a user of one.
fn is_secret(name: &str) -> bool {
    let name = name.trim_start_matches('-').to_ascii_uppercase().replace('-', "_");
    let ends = ["PASSWORD", "PASSWD", "TOKEN", "API_KEY", "APIKEY", "PRIVATE_KEY", "SECRET_KEY", "SECRET_ACCESS_KEY", "CLIENT_SECRET", "PASSPHRASE", "WEBHOOK_SECRET"];
    ends.iter().any(|end| name.ends_with(end)) && !name.starts_with("NO_") && !name.contains("CSRF")
}

/// Whether a value is one, and neither known later nor a path, a switch or a number.
fn is_literal(value: &str) -> bool {
    let is_word = !matches!(value, "" | "true" | "false" | "none" | "null" | "yes" | "no");
    is_word && !has_variable(value) && !value.contains(['/', '<', '$']) && value.parse::<f64>().is_err()
}
