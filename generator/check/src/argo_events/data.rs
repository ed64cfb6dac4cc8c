//! What events are made of: argo-events v1.9.11, `pkg/eventsources/events/event-data.go`.

/// The keys of the data of an event, by the field of an EventSource's `spec`; none if they depend on what is sent.
pub(crate) fn event_keys(source: &str) -> Option<&'static [&'static str]> {
    let keys: &[&str] = match source {
        "webhook" | "sns" => &["header", "body", "metadata"],
        "github" | "gitlab" | "bitbucket" | "bitbucketserver" | "gerrit" => {
            &["headers", "body", "metadata"]
        }
        "calendar" => &["eventTime", "metadata"],
        "amqp" => &[
            "contentType",
            "contentEncoding",
            "deliveryMode",
            "priority",
            "correlationId",
            "replyTo",
            "expiration",
            "messageId",
            "timestamp",
            "type",
            "appId",
            "exchange",
            "routingKey",
            "body",
            "metadata",
        ],
        "sqs" => &["messageId", "messageAttributes", "body", "metadata"],
        "azureEventsHub" => &["id", "partitionKey", "body", "metadata"],
        "azureQueueStorage" => &["body", "messageID", "insertionTime", "metadata"],
        "azureServiceBus" => &[
            "applicationProperties",
            "body",
            "contentType",
            "correlationID",
            "enqueuedTime",
            "messageID",
            "replyTo",
            "sequenceNumber",
            "subject",
            "metadata",
        ],
        "emitter" => &["topic", "body", "metadata"],
        "pubSub" => &["id", "body", "attributes", "publishTime", "metadata"],
        "kafka" => &[
            "topic",
            "key",
            "partition",
            "body",
            "timestamp",
            "headers",
            "metadata",
        ],
        "minio" | "storageGrid" => &["notification", "metadata"],
        "mqtt" => &["topic", "messageId", "body", "metadata"],
        "nats" => &["subject", "body", "header", "metadata"],
        "nsq" => &["body", "timestamp", "nsqdAddress", "metadata"],
        "redis" => &["channel", "pattern", "body", "metadata"],
        "redisStream" => &["stream", "message_id", "values", "metadata"],
        "resource" => &[
            "type", "body", "oldBody", "group", "version", "resource", "metadata",
        ],
        "pulsar" => &["key", "publishTime", "body", "metadata"],
        "stripe" => &["event", "metadata"],
        "generic" => &["body", "metadata"],
        "mns" => &["messageId", "body", "metadata"],
        "file" | "hdfs" | "sftp" => &["name", "op", "metadata"],
        _ => return None,
    };
    Some(keys)
}
