//! What upstream asks of each type of event source: argo-events v1.9.11, `pkg/eventsources/sources/<type>/validate.go`.

use super::table_queues::QUEUES;
use crate::fields::Form;

/// A type of event source.
#[derive(Debug)]
pub(crate) struct SourceType {
    /// Its field of an EventSource's `spec`.
    pub(crate) field: &'static str,
    /// Whether its pod is stopped before a new one starts (`RecreateStrategyEventSources`).
    pub(crate) is_recreated: bool,
    /// Fields that must be there.
    pub(crate) needs: &'static [Need],
    /// Fields that cannot stand together: the second is one too many.
    pub(crate) excludes: &'static [(&'static str, &'static str)],
    /// Values that must be of a form.
    pub(crate) values: &'static [Value],
    /// Whether `tls` is judged, and instead of what else if it is there.
    pub(crate) connection: &'static [&'static str],
}

/// A field that a source must have.
#[derive(Debug)]
pub(crate) struct Need {
    /// Its name, with dots for one further below.
    pub(crate) field: &'static str,
    /// What it must hold.
    pub(crate) form: Form,
    /// What must be given so that it is needed: all of these.
    pub(crate) when: &'static [&'static str],
    /// What is enough instead; empty if nothing is.
    pub(crate) unless: &'static str,
}

/// A value that must be of a form where it is given.
#[derive(Debug)]
pub(crate) struct Value {
    /// The field.
    pub(crate) field: &'static str,
    /// Its form.
    pub(crate) valid: Valid,
    /// What makes upstream not look at it; empty if nothing does.
    pub(crate) unless: &'static str,
}

/// The form of a value.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Valid {
    /// Go's durations.
    Duration,
    /// Five fields of cron.
    Schedule,
    /// A whole number.
    Number,
    /// A path from the root on.
    AbsolutePath,
    /// A path from somewhere on.
    RelativePath,
    /// A regular expression of Go.
    Regexp,
    /// One of these.
    OneOf(&'static [&'static str]),
    /// Kinds of changes to files.
    Changes,
    /// Not empty.
    NotEmpty,
}

/// The type that stands in this field of an EventSource's `spec`.
pub(crate) fn source_type(field: &str) -> Option<&'static SourceType> {
    OTHERS
        .iter()
        .chain(QUEUES)
        .find(|source| source.field == field)
}

pub(super) const fn text(field: &'static str) -> Need {
    need(field, Form::Text)
}

pub(super) const fn value(field: &'static str) -> Need {
    need(field, Form::Value)
}

pub(super) const fn need(field: &'static str, form: Form) -> Need {
    Need {
        field,
        form,
        when: &[],
        unless: "",
    }
}

impl Need {
    pub(super) const fn unless(mut self, condition: &'static str) -> Self {
        self.unless = condition;
        self
    }

    pub(super) const fn when(mut self, conditions: &'static [&'static str]) -> Self {
        self.when = conditions;
        self
    }
}

pub(super) const fn form(field: &'static str, valid: Valid) -> Value {
    Value {
        field,
        valid,
        unless: "",
    }
}

/// A type that asks nothing.
pub(super) const PLAIN: SourceType = SourceType {
    field: "",
    is_recreated: false,
    needs: &[],
    excludes: &[],
    values: &[],
    connection: &[],
};

/// `ValidateWebhookContext`.
const HOOK_PORT: Value = form("webhook.port", Valid::Number);

/// Types other than queues of messages.
const OTHERS: &[SourceType] = &[
    SourceType {
        field: "webhook",
        needs: &[text("endpoint"), text("port")],
        values: &[form("port", Valid::Number)],
        ..PLAIN
    },
    SourceType {
        field: "github",
        needs: &[
            need("repositories", Form::Items).unless("organizations|owner+repository"),
            need("events", Form::Items).when(&["apiToken|githubApp.privateKey", "webhook.url"]),
            text("githubBaseURL").when(&["githubUploadURL"]),
            text("githubUploadURL").when(&["githubBaseURL"]),
            value("webhook"),
            text("webhook.endpoint").when(&["webhook"]),
            text("webhook.port").when(&["webhook"]),
        ],
        excludes: &[
            ("repositories", "organizations"),
            ("owner+repository", "organizations"),
        ],
        values: &[
            form("contentType", Valid::OneOf(&["json", "form"])),
            HOOK_PORT,
        ],
        ..PLAIN
    },
    SourceType {
        field: "gitlab",
        needs: &[
            value("events"),
            text("gitlabBaseURL"),
            value("accessToken"),
            value("webhook"),
            text("webhook.endpoint").when(&["webhook"]),
            text("webhook.port").when(&["webhook"]),
        ],
        values: &[HOOK_PORT],
        ..PLAIN
    },
    SourceType {
        field: "bitbucket",
        needs: &[
            need("repositories", Form::Items).unless("owner+repositorySlug"),
            // Upstream looks into it without looking whether it is there.
            value("auth"),
            need("events", Form::Items).when(&[
                "auth.basic.username+auth.basic.password|auth.oauthToken",
                "webhook.url",
            ]),
            value("webhook"),
            text("webhook.endpoint").when(&["webhook"]),
            text("webhook.port").when(&["webhook"]),
        ],
        values: &[HOOK_PORT],
        ..PLAIN
    },
    SourceType {
        field: "bitbucketserver",
        needs: &[
            need("events", Form::Items).when(&[
                "accessToken",
                "webhook.url",
                "repositories|projects|projectKey+repositorySlug",
            ]),
            text("bitbucketserverBaseURL"),
            value("webhook"),
            text("webhook.endpoint").when(&["webhook"]),
            text("webhook.port").when(&["webhook"]),
        ],
        values: &[form("checkInterval", Valid::Duration), HOOK_PORT],
        ..PLAIN
    },
    SourceType {
        field: "gerrit",
        needs: &[
            need("projects", Form::Items),
            value("events"),
            text("gerritBaseURL"),
            value("auth"),
            value("webhook"),
            text("webhook.endpoint").when(&["webhook"]),
            text("webhook.port").when(&["webhook"]),
        ],
        values: &[HOOK_PORT],
        ..PLAIN
    },
    SourceType {
        field: "sns",
        needs: &[
            text("topicArn"),
            text("region"),
            value("webhook"),
            text("webhook.endpoint").when(&["webhook"]),
            text("webhook.port").when(&["webhook"]),
        ],
        values: &[HOOK_PORT],
        ..PLAIN
    },
    SourceType {
        field: "slack",
        needs: &[
            value("token"),
            value("signingSecret"),
            value("webhook"),
            text("webhook.endpoint").when(&["webhook"]),
            text("webhook.port").when(&["webhook"]),
        ],
        values: &[HOOK_PORT],
        ..PLAIN
    },
    SourceType {
        field: "storageGrid",
        needs: &[
            text("topicArn"),
            text("apiURL"),
            value("authToken"),
            text("bucket"),
            value("events"),
            value("webhook"),
            text("webhook.endpoint").when(&["webhook"]),
            text("webhook.port").when(&["webhook"]),
        ],
        values: &[HOOK_PORT],
        ..PLAIN
    },
    SourceType {
        field: "stripe",
        needs: &[
            value("apiKey").when(&["createWebhook"]),
            value("webhook"),
            text("webhook.endpoint").when(&["webhook"]),
            text("webhook.port").when(&["webhook"]),
        ],
        values: &[HOOK_PORT],
        ..PLAIN
    },
    SourceType {
        field: "calendar",
        is_recreated: true,
        needs: &[text("schedule").unless("interval")],
        values: &[
            form("schedule", Valid::Schedule),
            Value {
                field: "interval",
                valid: Valid::Duration,
                unless: "schedule",
            },
        ],
        ..PLAIN
    },
    SourceType {
        field: "resource",
        is_recreated: true,
        needs: &[text("version"), text("resource"), value("eventTypes")],
        ..PLAIN
    },
    SourceType {
        field: "generic",
        is_recreated: true,
        needs: &[text("url"), text("config")],
        ..PLAIN
    },
    SourceType {
        field: "file",
        is_recreated: true,
        needs: WATCH,
        excludes: &[("watchPathConfig.path", "watchPathConfig.pathRegexp")],
        values: WATCHED,
        ..PLAIN
    },
    SourceType {
        field: "sftp",
        is_recreated: true,
        needs: WATCH,
        excludes: &[("watchPathConfig.path", "watchPathConfig.pathRegexp")],
        values: WATCHED,
        ..PLAIN
    },
    SourceType {
        field: "hdfs",
        is_recreated: true,
        needs: &[
            text("type"),
            text("directory"),
            text("path").unless("pathRegexp"),
            need("addresses", Form::Items),
            text("hdfsUser").unless("krbCCacheSecret|krbKeytabSecret"),
            text("krbServicePrincipalName").when(&["krbCCacheSecret|krbKeytabSecret"]),
            value("krbConfigConfigMap").when(&["krbCCacheSecret|krbKeytabSecret"]),
            text("krbUsername").when(&["krbKeytabSecret"]),
            text("krbRealm").when(&["krbKeytabSecret"]),
        ],
        excludes: &[("path", "pathRegexp")],
        values: &[
            form("type", Valid::Changes),
            form("checkInterval", Valid::Duration),
            form("directory", Valid::AbsolutePath),
            form("path", Valid::RelativePath),
            form("pathRegexp", Valid::Regexp),
        ],
        ..PLAIN
    },
    SourceType {
        field: "minio",
        is_recreated: true,
        needs: &[
            value("accessKey"),
            value("secretKey"),
            text("endpoint"),
            text("bucket.name").when(&["bucket"]),
        ],
        ..PLAIN
    },
];

/// `WatchPathConfig.Validate`.
const WATCH: &[Need] = &[
    text("eventType"),
    text("watchPathConfig.directory"),
    text("watchPathConfig.path").unless("watchPathConfig.pathRegexp"),
];

const WATCHED: &[Value] = &[
    form("watchPathConfig.directory", Valid::AbsolutePath),
    form("watchPathConfig.path", Valid::RelativePath),
    form("watchPathConfig.pathRegexp", Valid::Regexp),
];
