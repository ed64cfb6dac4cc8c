//! Fields that exclude each other.

use luban_api_core::{Union, one_of};

use crate::{
    ArtifactoryWebhookReceiverConfig, AzureWebhookReceiverConfig, BitbucketWebhookReceiverConfig,
    ChartSubscription, DockerHubWebhookReceiverConfig, FreightOrigin, GenericWebhookReceiverConfig,
    GitHubWebhookReceiverConfig, GitLabWebhookReceiverConfig, GitSubscription,
    GiteaWebhookReceiverConfig, HarborWebhookReceiverConfig, ImageSubscription, PromotionPolicy,
    PromotionPolicySelector, PromotionSpec, PromotionStep, PromotionTaskReference,
    QuayWebhookReceiverConfig, RepoSubscription, WebhookReceiverConfig,
};

/// Every union of this group.
pub const UNIONS: &[Union] = &[
    Subscription::UNION,
    StepWork::UNION,
    PromotedFreight::UNION,
    PolicyStages::UNION,
    WebhookSender::UNION,
];

one_of! {
    /// What a Warehouse looks for.
    pub enum Subscription<'a>: exactly one of RepoSubscription::subscription {
        /// Commits of a Git repository.
        Git(&'a GitSubscription) = git,
        /// Images of a repository in a registry.
        Image(&'a ImageSubscription) = image,
        /// Versions of a Helm chart.
        Chart(&'a ChartSubscription) = chart,
    }
}

one_of! {
    /// What a step does.
    pub enum StepWork<'a>: exactly one of PromotionStep::work {
        /// One thing, by name.
        Uses(&'a str) = uses,
        /// The steps of a task.
        Task(&'a PromotionTaskReference) = task,
    }
}

one_of! {
    /// Which freight is promoted.
    pub enum PromotedFreight<'a>: exactly one of PromotionSpec::promoted {
        /// This one, by name.
        Freight(&'a str) = freight,
        /// The next one of a Warehouse.
        Origin(&'a FreightOrigin) = origin,
    }
}

one_of! {
    /// Which stages a policy is about.
    pub enum PolicyStages<'a>: exactly one of PromotionPolicy::stages {
        /// Stages by name or labels.
        StageSelector(&'a PromotionPolicySelector) = stage_selector "stageSelector",
        /// One stage; the older form.
        Stage(&'a str) = stage,
    }
}

one_of! {
    /// Who sends to a webhook.
    pub enum WebhookSender<'a>: exactly one of WebhookReceiverConfig::sender {
        /// JFrog Artifactory.
        Artifactory(&'a ArtifactoryWebhookReceiverConfig) = artifactory,
        /// Azure.
        Azure(&'a AzureWebhookReceiverConfig) = azure,
        /// Bitbucket.
        Bitbucket(&'a BitbucketWebhookReceiverConfig) = bitbucket,
        /// Docker Hub.
        DockerHub(&'a DockerHubWebhookReceiverConfig) = dockerhub,
        /// Anybody.
        Generic(&'a GenericWebhookReceiverConfig) = generic,
        /// Gitea.
        Gitea(&'a GiteaWebhookReceiverConfig) = gitea,
        /// GitHub.
        GitHub(&'a GitHubWebhookReceiverConfig) = github,
        /// GitLab.
        GitLab(&'a GitLabWebhookReceiverConfig) = gitlab,
        /// Harbor.
        Harbor(&'a HarborWebhookReceiverConfig) = harbor,
        /// Quay.
        Quay(&'a QuayWebhookReceiverConfig) = quay,
    }
}
