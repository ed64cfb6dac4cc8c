//! The fields of an event that a Sensor passes on, and the Go templates that take them out.
//!
//! What Argo Events v1.9 does with a template (`pkg/sensors/triggers/params.go`): it runs over the event's data as parsed
//! JSON, so numbers are floats. An error and an empty result both fall back, first to `dataKey`, which is never set here, then
//! to `value`, which is always the empty text. So a field is base64, or empty where the event has it not or as something else
//! than text.

use luban_command::{Flag, dispatch};
use luban_platform::model::ProviderKind;

/// A field of an event: the flag of `luban step dispatch` that takes it, and the template.
#[derive(Clone, Debug)]
pub(super) struct Field {
    pub(super) flag: &'static Flag,
    pub(super) template: String,
}

/// The text that `pipeline` gives, in base64.
fn text(flag: &'static Flag, pipeline: &str) -> Field {
    Field {
        flag,
        template: format!(r#"{{{{ {pipeline} | default "" | b64enc }}}}"#),
    }
}

/// The number that `pipeline` gives: without exponent, in base64.
fn number(flag: &'static Flag, pipeline: &str) -> Field {
    Field {
        flag,
        template: format!(
            r#"{{{{ with {pipeline} | default "" }}}}{{{{ int64 . | toString | b64enc }}}}{{{{ end }}}}"#
        ),
    }
}

/// The list that `pipeline` gives: as JSON, in base64.
fn json(flag: &'static Flag, pipeline: &str) -> Field {
    Field {
        flag,
        template: format!(
            r#"{{{{ with {pipeline} | default "" }}}}{{{{ toJson . | b64enc }}}}{{{{ end }}}}"#
        ),
    }
}

/// The fields of an event of a provider.
pub(super) fn of(kind: &ProviderKind) -> Vec<Field> {
    match kind {
        ProviderKind::GitHub { .. } => {
            // The event source puts these two headers into the body.
            let mut fields = vec![
                text(&dispatch::KIND, r#"index .Input.body "X-GitHub-Event""#),
                text(
                    &dispatch::DELIVERY,
                    r#"index .Input.body "X-GitHub-Delivery""#,
                ),
            ];
            fields.extend(push());
            fields
        }
        ProviderKind::Gitea { .. } => {
            // A header is a list of values, under the name that Go's `http.Header` gives it.
            let mut fields = vec![
                text(
                    &dispatch::KIND,
                    r#"index .Input.header "X-Gitea-Event" | first"#,
                ),
                text(
                    &dispatch::DELIVERY,
                    r#"index .Input.header "X-Gitea-Delivery" | first"#,
                ),
            ];
            fields.extend(push());
            // Each push moves it for the next one; a delivery that is sent again has the body of the first.
            fields.push(text(
                &dispatch::REPOSITORY_UPDATED,
                ".Input.body.repository.updated_at",
            ));
            fields
        }
        ProviderKind::AzureDevOpsServices { .. } | ProviderKind::AzureDevOpsServer { .. } => vec![
            text(&dispatch::KIND, ".Input.body.eventType"),
            text(&dispatch::DELIVERY, ".Input.body.id"),
            text(
                &dispatch::REPOSITORY_ID,
                ".Input.body.resource.repository.id",
            ),
            Field {
                flag: &dispatch::REPOSITORY,
                template: concat!(
                    r#"{{ with .Input.body.resource.repository }}"#,
                    r#"{{ printf "%s/%s" (.project.name | default "") (.name | default "") | b64enc }}{{ end }}"#
                )
                .to_owned(),
            },
            json(&dispatch::UPDATES, ".Input.body.resource.refUpdates"),
            text(
                &dispatch::SENDER,
                ".Input.body.resource.pushedBy.uniqueName",
            ),
        ],
    }
}

/// The fields of a push as GitHub has them, and Gitea after it.
fn push() -> [Field; 6] {
    [
        number(&dispatch::REPOSITORY_ID, ".Input.body.repository.id"),
        text(&dispatch::REPOSITORY, ".Input.body.repository.full_name"),
        text(&dispatch::REF, ".Input.body.ref"),
        text(&dispatch::BEFORE, ".Input.body.before"),
        text(&dispatch::AFTER, ".Input.body.after"),
        text(&dispatch::SENDER, ".Input.body.sender.login"),
    ]
}
