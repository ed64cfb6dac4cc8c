//! What upstream asks of event sources that read queues of messages.

use super::table::{PLAIN, SourceType, Valid, Value, form, need, text, value};
use crate::fields::Form;

/// Types that read queues of messages.
pub(super) const QUEUES: &[SourceType] = &[
    SourceType {
        field: "amqp",
        is_recreated: true,
        needs: &[
            text("url").unless("urlSecret"),
            text("routingKey"),
            text("exchangeType"),
        ],
        excludes: &[("url", "urlSecret")],
        connection: &["tls", "auth"],
        ..PLAIN
    },
    SourceType {
        field: "kafka",
        is_recreated: true,
        needs: &[
            text("url"),
            text("topic"),
            value("consumerGroup").unless("partition"),
        ],
        connection: &["tls", "sasl", "awsMskIamAuth"],
        ..PLAIN
    },
    SourceType {
        field: "mqtt",
        is_recreated: true,
        needs: &[text("url"), text("topic"), text("clientId")],
        connection: &["tls", "auth"],
        ..PLAIN
    },
    SourceType {
        field: "nats",
        is_recreated: true,
        needs: &[text("url"), text("subject")],
        values: &[Value {
            field: "queue",
            valid: Valid::NotEmpty,
            unless: "tls",
        }],
        connection: &["tls"],
        ..PLAIN
    },
    SourceType {
        field: "nsq",
        is_recreated: true,
        needs: &[text("hostAddress"), text("topic"), text("channel")],
        connection: &["tls"],
        ..PLAIN
    },
    SourceType {
        field: "pulsar",
        is_recreated: true,
        needs: &[value("topics"), text("url"), text("type")],
        values: &[form("type", Valid::OneOf(&["exclusive", "shared"]))],
        ..PLAIN
    },
    SourceType {
        field: "redis",
        is_recreated: true,
        needs: &[
            text("hostAddress"),
            value("channels"),
            text("namespace").when(&["password"]),
        ],
        connection: &["tls"],
        ..PLAIN
    },
    SourceType {
        field: "redisStream",
        is_recreated: true,
        needs: &[text("hostAddress"), value("streams")],
        connection: &["tls"],
        ..PLAIN
    },
    SourceType {
        field: "emitter",
        is_recreated: true,
        needs: &[text("broker"), text("channelName"), text("channelKey")],
        connection: &["tls"],
        ..PLAIN
    },
    SourceType {
        field: "pubSub",
        is_recreated: true,
        needs: &[
            text("topic").when(&["topicProjectID"]),
            text("topic").unless("subscriptionID|topicProjectID"),
        ],
        ..PLAIN
    },
    SourceType {
        field: "azureEventsHub",
        is_recreated: true,
        needs: &[
            text("fqdn"),
            text("hubName"),
            value("sharedAccessKey").when(&["sharedAccessKeyName"]),
            value("sharedAccessKeyName").when(&["sharedAccessKey"]),
        ],
        ..PLAIN
    },
    SourceType {
        field: "azureServiceBus",
        is_recreated: true,
        needs: &[
            value("connectionString").unless("fullyQualifiedNamespace"),
            text("queueName").unless("topicName|subscriptionName"),
            text("topicName").when(&["subscriptionName"]),
            text("subscriptionName").when(&["topicName"]),
        ],
        excludes: &[
            ("queueName", "topicName"),
            ("queueName", "subscriptionName"),
        ],
        ..PLAIN
    },
    SourceType {
        field: "azureQueueStorage",
        needs: &[
            value("connectionString").unless("storageAccountName"),
            need("queueName", Form::Text),
        ],
        ..PLAIN
    },
    SourceType {
        field: "sqs",
        needs: &[text("region"), text("queue")],
        ..PLAIN
    },
    SourceType {
        field: "mns",
        needs: &[text("queue"), text("endpoint")],
        ..PLAIN
    },
];
