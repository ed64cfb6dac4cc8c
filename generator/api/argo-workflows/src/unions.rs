//! Fields that exclude each other.

use luban_api_core::k8s_openapi::api::core::v1::{ConfigMapKeySelector, Container};
use luban_api_core::{IntOrString, Union, one_of};

use crate::{
    ArchiveStrategy, Artifact, ArtifactLocation, ArtifactPaths, ArtifactRepository,
    ArtifactoryArtifact, ArtifactoryArtifactRepository, AzureArtifact, AzureArtifactRepository,
    BasicAuth, ClientCertAuth, ContainerSetTemplate, Counter, DAGTask, DAGTemplate, Data,
    GCSArtifact, GCSArtifactRepository, Gauge, GitArtifact, HDFSArtifact, HDFSArtifactRepository,
    HTTP, HTTPArtifact, HTTPAuth, HTTPBodySource, HTTPHeader, HTTPHeaderSource, Histogram, Item,
    LifecycleHook, ManifestFrom, NoneStrategy, OAuth2Auth, OSSArtifact, OSSArtifactRepository,
    ParallelSteps, Plugin, PluginArtifact, PluginArtifactRepository, Prometheus, RawArtifact,
    ResourceTemplate, S3Artifact, S3ArtifactRepository, ScriptTemplate, SemaphoreRef, Sequence,
    SuppliedValueFrom, SuspendTemplate, SyncDatabaseRef, TarStrategy, Template, TemplateRef,
    ValueFrom, WorkflowStep, ZipStrategy,
};

/// Every union of this group. A Template is exempt where it stands for defaults (`templateDefaults`): those may hold
/// several bodies or none.
pub const UNIONS: &[Union] = &[
    TemplateBody::UNION,
    StepCall::UNION,
    StepLoop::UNION,
    TaskCall::UNION,
    TaskLoop::UNION,
    TaskOrder::UNION,
    HookCall::UNION,
    SequenceEnd::UNION,
    Manifest::UNION,
    HTTPBody::UNION,
    HTTPHeaderValue::UNION,
    MetricKind::UNION,
    Limit::UNION,
    ParameterSource::UNION,
    ArtifactReference::UNION,
    ArtifactStore::UNION,
    ArtifactPathsStore::UNION,
    LocationStore::UNION,
    RepositoryStore::UNION,
    Archive::UNION,
    Authentication::UNION,
];

one_of! {
    /// What a template does.
    pub enum TemplateBody<'a>: exactly one of Template::body {
        /// Runs one container.
        Container(&'a Container) = container,
        /// Runs several containers in one pod.
        ContainerSet(&'a ContainerSetTemplate) = container_set "containerSet",
        /// Runs a program that stands in the template.
        Script(&'a ScriptTemplate) = script,
        /// Runs templates one after another, by groups.
        Steps(&'a [ParallelSteps]) = steps,
        /// Runs templates as their dependencies allow.
        Dag(&'a DAGTemplate) = dag,
        /// Works on a Kubernetes object.
        Resource(&'a ResourceTemplate) = resource,
        /// Waits.
        Suspend(&'a SuspendTemplate) = suspend,
        /// Lists and transforms artifacts.
        Data(&'a Data) = data,
        /// Sends an HTTP request.
        Http(&'a HTTP) = http,
        /// Calls an executor plugin.
        Plugin(&'a Plugin) = plugin,
    }
}

one_of! {
    /// The template that a step runs.
    pub enum StepCall<'a>: exactly one of WorkflowStep::call {
        /// One of the same workflow, by name.
        Template(&'a str) = template,
        /// One of another object.
        TemplateRef(&'a TemplateRef) = template_ref "templateRef",
        /// One in place.
        Inline(&'a Template) = inline,
    }
}

one_of! {
    /// What a step is repeated for.
    pub enum StepLoop<'a>: at most one of WorkflowStep::repeats {
        /// Elements that are written down.
        Items(&'a [Item]) = with_items "withItems",
        /// Elements of a JSON list.
        Param(&'a str) = with_param "withParam",
        /// Numbers.
        Sequence(&'a Sequence) = with_sequence "withSequence",
    }
}

one_of! {
    /// The template that a task runs.
    pub enum TaskCall<'a>: exactly one of DAGTask::call {
        /// One of the same workflow, by name.
        Template(&'a str) = template,
        /// One of another object.
        TemplateRef(&'a TemplateRef) = template_ref "templateRef",
        /// One in place.
        Inline(&'a Template) = inline,
    }
}

one_of! {
    /// What a task is repeated for.
    pub enum TaskLoop<'a>: at most one of DAGTask::repeats {
        /// Elements that are written down.
        Items(&'a [Item]) = with_items "withItems",
        /// Elements of a JSON list.
        Param(&'a str) = with_param "withParam",
        /// Numbers.
        Sequence(&'a Sequence) = with_sequence "withSequence",
    }
}

one_of! {
    /// What a task waits for.
    pub enum TaskOrder<'a>: at most one of DAGTask::order {
        /// Outcomes of other tasks, as an expression.
        Depends(&'a str) = depends,
        /// Success of other tasks, by name.
        Dependencies(&'a [String]) = dependencies,
    }
}

one_of! {
    /// The template that a hook runs.
    pub enum HookCall<'a>: exactly one of LifecycleHook::call {
        /// One of the same workflow, by name.
        Template(&'a str) = template,
        /// One of another object.
        TemplateRef(&'a TemplateRef) = template_ref "templateRef",
    }
}

one_of! {
    /// Where a sequence ends.
    pub enum SequenceEnd<'a>: exactly one of Sequence::until {
        /// After so many numbers.
        Count(&'a IntOrString) = count,
        /// At this number.
        End(&'a IntOrString) = end,
    }
}

one_of! {
    /// The object that a resource template works on; `get` and `delete` may do with flags alone.
    pub enum Manifest<'a>: at most one of ResourceTemplate::object {
        /// In the template itself.
        Text(&'a str) = manifest,
        /// In an artifact.
        From(&'a ManifestFrom) = manifest_from "manifestFrom",
    }
}

one_of! {
    /// The body of an HTTP request.
    pub enum HTTPBody<'a>: at most one of HTTP::content {
        /// Text.
        Text(&'a str) = body,
        /// Bytes.
        From(&'a HTTPBodySource) = body_from "bodyFrom",
    }
}

one_of! {
    /// The value of a header.
    pub enum HTTPHeaderValue<'a>: at most one of HTTPHeader::content {
        /// In the template itself.
        Text(&'a str) = value,
        /// From elsewhere.
        From(&'a HTTPHeaderSource) = value_from "valueFrom",
    }
}

one_of! {
    /// What a metric counts.
    pub enum MetricKind<'a>: exactly one of Prometheus::kind {
        /// A number that only grows.
        Counter(&'a Counter) = counter,
        /// A number that goes up and down.
        Gauge(&'a Gauge) = gauge,
        /// Numbers counted into buckets.
        Histogram(&'a Histogram) = histogram,
    }
}

one_of! {
    /// Where the number of a semaphore's holders stands.
    pub enum Limit<'a>: exactly one of SemaphoreRef::limit {
        /// In a ConfigMap.
        ConfigMap(&'a ConfigMapKeySelector) = config_map_key_ref "configMapKeyRef",
        /// In the controller's database.
        Database(&'a SyncDatabaseRef) = database,
    }
}

one_of! {
    /// Where a parameter's value comes from; its `default` stands apart.
    pub enum ParameterSource<'a>: at most one of ValueFrom::source {
        /// A file in the container.
        Path(&'a str) = path,
        /// A parameter of a step or task.
        Parameter(&'a str) = parameter,
        /// An expression.
        Expression(&'a str) = expression,
        /// A key of a ConfigMap.
        ConfigMap(&'a ConfigMapKeySelector) = config_map_key_ref "configMapKeyRef",
        /// A path into the object of a resource template.
        JsonPath(&'a str) = json_path "jsonPath",
        /// A jq filter over the object of a resource template.
        JqFilter(&'a str) = jq_filter "jqFilter",
        /// An expression over the event that started the workflow.
        Event(&'a str) = event,
        /// Someone, while the workflow is suspended.
        Supplied(&'a SuppliedValueFrom) = supplied,
    }
}

one_of! {
    /// Another artifact that an artifact is.
    pub enum ArtifactReference<'a>: at most one of Artifact::reference {
        /// By name.
        From(&'a str) = from,
        /// By an expression.
        Expression(&'a str) = from_expression "fromExpression",
    }
}

/// The stores of an artifact are the same fields in three structs.
macro_rules! stores {
    ($(#[$about:meta])* $name:ident, $owner:ident) => {
        one_of! {
            $(#[$about])*
            pub enum $name<'a>: at most one of $owner::store {
                /// S3 or a store that speaks its protocol.
                S3(&'a S3Artifact) = s3,
                /// Google Cloud Storage.
                Gcs(&'a GCSArtifact) = gcs,
                /// Azure Storage.
                Azure(&'a AzureArtifact) = azure,
                /// Alibaba Cloud OSS.
                Oss(&'a OSSArtifact) = oss,
                /// HDFS.
                Hdfs(&'a HDFSArtifact) = hdfs,
                /// JFrog Artifactory.
                Artifactory(&'a ArtifactoryArtifact) = artifactory,
                /// A URL.
                Http(&'a HTTPArtifact) = http,
                /// A Git repository.
                Git(&'a GitArtifact) = git,
                /// The object itself.
                Raw(&'a RawArtifact) = raw,
                /// An artifact driver plugin.
                Plugin(&'a PluginArtifact) = plugin,
            }
        }
    };
}

stores!(
    /// Where an artifact is.
    ArtifactStore,
    Artifact
);
stores!(
    /// Where the files are that a data template lists.
    ArtifactPathsStore,
    ArtifactPaths
);
stores!(
    /// Where a template's artifacts are kept.
    LocationStore,
    ArtifactLocation
);

one_of! {
    /// The store behind an artifact repository.
    pub enum RepositoryStore<'a>: at most one of ArtifactRepository::store {
        /// S3 or a store that speaks its protocol.
        S3(&'a S3ArtifactRepository) = s3,
        /// Google Cloud Storage.
        Gcs(&'a GCSArtifactRepository) = gcs,
        /// Azure Storage.
        Azure(&'a AzureArtifactRepository) = azure,
        /// Alibaba Cloud OSS.
        Oss(&'a OSSArtifactRepository) = oss,
        /// HDFS.
        Hdfs(&'a HDFSArtifactRepository) = hdfs,
        /// JFrog Artifactory.
        Artifactory(&'a ArtifactoryArtifactRepository) = artifactory,
        /// An artifact driver plugin.
        Plugin(&'a PluginArtifactRepository) = plugin,
    }
}

one_of! {
    /// How a directory becomes one file.
    pub enum Archive<'a>: at most one of ArchiveStrategy::kind {
        /// As a tar archive.
        Tar(&'a TarStrategy) = tar,
        /// Not at all.
        None(&'a NoneStrategy) = none,
        /// As a zip archive.
        Zip(&'a ZipStrategy) = zip,
    }
}

one_of! {
    /// How a request of an HTTP artifact authenticates.
    pub enum Authentication<'a>: at most one of HTTPAuth::kind {
        /// With user name and password.
        Basic(&'a BasicAuth) = basic_auth "basicAuth",
        /// With a client certificate.
        ClientCert(&'a ClientCertAuth) = client_cert "clientCert",
        /// With a token by OAuth 2.
        OAuth2(&'a OAuth2Auth) = oauth2,
    }
}
