//! Fields that exclude each other.

use std::collections::BTreeMap;

use luban_api_core::{Union, one_of};

use crate::{
    ApplicationDestination, ApplicationSetGenerator, ApplicationSetNestedGenerator,
    ApplicationSetTerminalGenerator, ApplicationSource, ApplicationSourceDirectory,
    ApplicationSourceHelm, ApplicationSourceKustomize, ApplicationSourcePlugin,
    ApplicationSourcePluginParameter, ApplicationSpec, ClusterGenerator, DrySource,
    DuckTypeGenerator, GitGenerator, KustomizePatch, ListGenerator, MatrixGenerator,
    MergeGenerator, NestedMatrixGenerator, NestedMergeGenerator, PluginGenerator,
    PullRequestGenerator, PullRequestGeneratorAzureDevOps, PullRequestGeneratorBitbucket,
    PullRequestGeneratorBitbucketServer, PullRequestGeneratorGitLab, PullRequestGeneratorGitea,
    PullRequestGeneratorGithub, SCMProviderGenerator, SCMProviderGeneratorAWSCodeCommit,
    SCMProviderGeneratorAzureDevOps, SCMProviderGeneratorBitbucket,
    SCMProviderGeneratorBitbucketServer, SCMProviderGeneratorGitea, SCMProviderGeneratorGithub,
    SCMProviderGeneratorGitlab, SourceHydrator,
};

/// The unions of this group that hold wherever their struct stands. [`Cluster`] is none of them: in a project's
/// `destinations` upstream allows a URL and a name at once.
pub const UNIONS: &[Union] = &[
    Sources::UNION,
    Tool::UNION,
    DryTool::UNION,
    PluginParameter::UNION,
    Patch::UNION,
    Generator::UNION,
    NestedGenerator::UNION,
    TerminalGenerator::UNION,
    SCMProvider::UNION,
    PullRequestProvider::UNION,
];

one_of! {
    /// Where an application's manifests come from; an ApplicationSet's generator may leave it to the set's template.
    pub enum Sources<'a>: at most one of ApplicationSpec::manifests {
        /// One source.
        One(&'a ApplicationSource) = source,
        /// Several, synced together.
        Several(&'a [ApplicationSource]) = sources,
        /// A branch that they are rendered into.
        Hydrated(&'a SourceHydrator) = source_hydrator "sourceHydrator",
    }
}

one_of! {
    /// The cluster of a destination.
    pub enum Cluster<'a>: at most one of ApplicationDestination::cluster {
        /// By the URL of its API.
        Server(&'a str) = server,
        /// By its name in Argo CD.
        Name(&'a str) = name,
    }
}

one_of! {
    /// What renders a source; Argo CD finds out if none is named.
    pub enum Tool<'a>: at most one of ApplicationSource::tool {
        /// Kustomize.
        Kustomize(&'a ApplicationSourceKustomize) = kustomize,
        /// Helm.
        Helm(&'a ApplicationSourceHelm) = helm,
        /// Plain manifests and Jsonnet.
        Directory(&'a ApplicationSourceDirectory) = directory,
        /// A plugin.
        Plugin(&'a ApplicationSourcePlugin) = plugin,
    }
}

one_of! {
    /// What renders a source before it is committed; Argo CD finds out if none is named.
    pub enum DryTool<'a>: at most one of DrySource::tool {
        /// Kustomize.
        Kustomize(&'a ApplicationSourceKustomize) = kustomize,
        /// Helm.
        Helm(&'a ApplicationSourceHelm) = helm,
        /// Plain manifests and Jsonnet.
        Directory(&'a ApplicationSourceDirectory) = directory,
        /// A plugin.
        Plugin(&'a ApplicationSourcePlugin) = plugin,
    }
}

one_of! {
    /// The value of a plugin's parameter.
    pub enum PluginParameter<'a>: at most one of ApplicationSourcePluginParameter::value {
        /// A string.
        String(&'a str) = string,
        /// A list, and be it empty.
        Array(&'a [String]) = array,
        /// A mapping, and be it empty.
        Map(&'a BTreeMap<String, String>) = map,
    }
}

one_of! {
    /// Where a patch stands.
    pub enum Patch<'a>: at most one of KustomizePatch::content {
        /// In the object itself.
        Text(&'a str) = patch,
        /// In a file of the source.
        Path(&'a str) = path,
    }
}

one_of! {
    /// What makes the elements of an ApplicationSet.
    pub enum Generator<'a>: exactly one of ApplicationSetGenerator::kind {
        /// Elements in the object itself.
        List(&'a ListGenerator) = list,
        /// Clusters that Argo CD knows.
        Clusters(&'a ClusterGenerator) = clusters,
        /// Directories or files of a repository.
        Git(&'a GitGenerator) = git,
        /// Repositories of a Git host.
        ScmProvider(&'a SCMProviderGenerator) = scm_provider "scmProvider",
        /// Clusters that another object decides on.
        ClusterDecisionResource(&'a DuckTypeGenerator) = cluster_decision_resource "clusterDecisionResource",
        /// Open pull requests of a repository.
        PullRequest(&'a PullRequestGenerator) = pull_request "pullRequest",
        /// Every combination of two generators.
        Matrix(&'a MatrixGenerator) = matrix,
        /// Elements of several generators, merged by keys.
        Merge(&'a MergeGenerator) = merge,
        /// Elements of an HTTP service.
        Plugin(&'a PluginGenerator) = plugin,
    }
}

one_of! {
    /// What makes elements inside a matrix or merge.
    pub enum NestedGenerator<'a>: exactly one of ApplicationSetNestedGenerator::kind {
        /// Elements in the object itself.
        List(&'a ListGenerator) = list,
        /// Clusters that Argo CD knows.
        Clusters(&'a ClusterGenerator) = clusters,
        /// Directories or files of a repository.
        Git(&'a GitGenerator) = git,
        /// Repositories of a Git host.
        ScmProvider(&'a SCMProviderGenerator) = scm_provider "scmProvider",
        /// Clusters that another object decides on.
        ClusterDecisionResource(&'a DuckTypeGenerator) = cluster_decision_resource "clusterDecisionResource",
        /// Open pull requests of a repository.
        PullRequest(&'a PullRequestGenerator) = pull_request "pullRequest",
        /// Every combination of two generators.
        Matrix(&'a NestedMatrixGenerator) = matrix,
        /// Elements of several generators, merged by keys.
        Merge(&'a NestedMergeGenerator) = merge,
        /// Elements of an HTTP service.
        Plugin(&'a PluginGenerator) = plugin,
    }
}

one_of! {
    /// What makes elements inside a matrix or merge that is inside another.
    pub enum TerminalGenerator<'a>: exactly one of ApplicationSetTerminalGenerator::kind {
        /// Elements in the object itself.
        List(&'a ListGenerator) = list,
        /// Clusters that Argo CD knows.
        Clusters(&'a ClusterGenerator) = clusters,
        /// Directories or files of a repository.
        Git(&'a GitGenerator) = git,
        /// Repositories of a Git host.
        ScmProvider(&'a SCMProviderGenerator) = scm_provider "scmProvider",
        /// Clusters that another object decides on.
        ClusterDecisionResource(&'a DuckTypeGenerator) = cluster_decision_resource "clusterDecisionResource",
        /// Open pull requests of a repository.
        PullRequest(&'a PullRequestGenerator) = pull_request "pullRequest",
        /// Elements of an HTTP service.
        Plugin(&'a PluginGenerator) = plugin,
    }
}

one_of! {
    /// The Git host that is asked for repositories.
    pub enum SCMProvider<'a>: exactly one of SCMProviderGenerator::provider {
        /// GitHub.
        Github(&'a SCMProviderGeneratorGithub) = github,
        /// GitLab.
        Gitlab(&'a SCMProviderGeneratorGitlab) = gitlab,
        /// Gitea.
        Gitea(&'a SCMProviderGeneratorGitea) = gitea,
        /// Bitbucket Cloud.
        Bitbucket(&'a SCMProviderGeneratorBitbucket) = bitbucket,
        /// Bitbucket Server.
        BitbucketServer(&'a SCMProviderGeneratorBitbucketServer) = bitbucket_server "bitbucketServer",
        /// Azure DevOps.
        AzureDevOps(&'a SCMProviderGeneratorAzureDevOps) = azure_dev_ops "azureDevOps",
        /// AWS CodeCommit.
        AwsCodeCommit(&'a SCMProviderGeneratorAWSCodeCommit) = aws_code_commit "awsCodeCommit",
    }
}

one_of! {
    /// The Git host that is asked for pull requests.
    pub enum PullRequestProvider<'a>: exactly one of PullRequestGenerator::provider {
        /// GitHub.
        Github(&'a PullRequestGeneratorGithub) = github,
        /// GitLab.
        Gitlab(&'a PullRequestGeneratorGitLab) = gitlab,
        /// Gitea.
        Gitea(&'a PullRequestGeneratorGitea) = gitea,
        /// Bitbucket Cloud.
        Bitbucket(&'a PullRequestGeneratorBitbucket) = bitbucket,
        /// Bitbucket Server.
        BitbucketServer(&'a PullRequestGeneratorBitbucketServer) = bitbucket_server "bitbucketServer",
        /// Azure DevOps.
        AzureDevOps(&'a PullRequestGeneratorAzureDevOps) = azuredevops,
    }
}
