//! The kinds that are known, by the release that their types follow.

use std::sync::LazyLock;

use luban_api_argo_cd as argo_cd;
use luban_api_argo_events as argo_events;
use luban_api_argo_rollouts as argo_rollouts;
use luban_api_argo_workflows as argo_workflows;
use luban_api_cluster as cluster;
use luban_api_core::ObjectMeta;
use luban_api_core::k8s_openapi::{self, Metadata, Resource};
use luban_api_kargo as kargo;
use luban_api_kpack as kpack;
use luban_api_kustomize as kustomize;
use luban_api_tekton as tekton;
use luban_api_triggers as triggers;
use luban_yaml::Exclusive;

use crate::object::kinds;

kinds! {
    "Argo Workflows v4.1" by argo_workflows::UNIONS => {
        Workflow: argo_workflows::Workflow;
        WorkflowTemplate: argo_workflows::WorkflowTemplate;
        ClusterWorkflowTemplate: argo_workflows::ClusterWorkflowTemplate;
        CronWorkflow: argo_workflows::CronWorkflow;
        WorkflowEventBinding: argo_workflows::WorkflowEventBinding;
    }
    "Argo Events v1.9" by argo_events::UNIONS => {
        EventBus: argo_events::EventBus;
        EventSource: argo_events::EventSource;
        Sensor: argo_events::Sensor;
    }
    "Argo CD v3.5" by argo_cd::UNIONS => {
        Application: argo_cd::Application;
        ApplicationSet: argo_cd::ApplicationSet;
        AppProject: argo_cd::AppProject;
    }
    "Argo Rollouts v1.10" by argo_rollouts::UNIONS => {
        AnalysisTemplate: argo_rollouts::AnalysisTemplate;
        ClusterAnalysisTemplate: argo_rollouts::ClusterAnalysisTemplate;
        AnalysisRun: argo_rollouts::AnalysisRun;
    }
    "Tekton Pipelines v1.15" by tekton::UNIONS => {
        Task: tekton::Task;
        TaskV1Beta1: tekton::v1beta1::Task;
        Pipeline: tekton::Pipeline;
        PipelineV1Beta1: tekton::v1beta1::Pipeline;
        TaskRun: tekton::TaskRun;
        TaskRunV1Beta1: tekton::v1beta1::TaskRun;
        PipelineRun: tekton::PipelineRun;
        PipelineRunV1Beta1: tekton::v1beta1::PipelineRun;
        StepAction: tekton::v1beta1::StepAction;
        StepActionV1Alpha1: tekton::v1alpha1::StepAction;
        CustomRun: tekton::v1beta1::CustomRun;
        Run: tekton::v1alpha1::Run;
        VerificationPolicy: tekton::v1alpha1::VerificationPolicy;
        ResolutionRequest: tekton::resolution::ResolutionRequest;
        ResolutionRequestV1Alpha1: tekton::resolution::v1alpha1::ResolutionRequest;
    }
    "Tekton Triggers v0.37" by triggers::UNIONS => {
        EventListener: triggers::EventListener;
        EventListenerV1Alpha1: triggers::v1alpha1::EventListener;
        Trigger: triggers::Trigger;
        TriggerV1Alpha1: triggers::v1alpha1::Trigger;
        TriggerBinding: triggers::TriggerBinding;
        TriggerBindingV1Alpha1: triggers::v1alpha1::TriggerBinding;
        ClusterTriggerBinding: triggers::ClusterTriggerBinding;
        ClusterTriggerBindingV1Alpha1: triggers::v1alpha1::ClusterTriggerBinding;
        TriggerTemplate: triggers::TriggerTemplate;
        TriggerTemplateV1Alpha1: triggers::v1alpha1::TriggerTemplate;
        ClusterInterceptor: triggers::v1alpha1::ClusterInterceptor;
        Interceptor: triggers::v1alpha1::Interceptor;
    }
    "Kargo v1.12" by kargo::UNIONS => {
        Project: kargo::Project;
        ProjectConfig: kargo::ProjectConfig;
        ClusterConfig: kargo::ClusterConfig;
        Warehouse: kargo::Warehouse;
        Freight: kargo::Freight;
        Stage: kargo::Stage;
        Target: kargo::Target;
        Promotion: kargo::Promotion;
        PromotionRequest: kargo::PromotionRequest;
        PromotionTask: kargo::PromotionTask;
        ClusterPromotionTask: kargo::ClusterPromotionTask;
    }
    "kpack v0.17" by kpack::UNIONS => {
        Image: kpack::Image;
        ImageV1Alpha1: kpack::v1alpha1::Image;
        Build: kpack::Build;
        BuildV1Alpha1: kpack::v1alpha1::Build;
        Builder: kpack::Builder;
        BuilderV1Alpha1: kpack::v1alpha1::Builder;
        ClusterBuilder: kpack::ClusterBuilder;
        ClusterBuilderV1Alpha1: kpack::v1alpha1::ClusterBuilder;
        ClusterStack: kpack::ClusterStack;
        ClusterStackV1Alpha1: kpack::v1alpha1::ClusterStack;
        ClusterStore: kpack::ClusterStore;
        ClusterStoreV1Alpha1: kpack::v1alpha1::ClusterStore;
        ClusterLifecycle: kpack::ClusterLifecycle;
        Buildpack: kpack::Buildpack;
        ClusterBuildpack: kpack::ClusterBuildpack;
        SourceResolver: kpack::SourceResolver;
        SourceResolverV1Alpha1: kpack::v1alpha1::SourceResolver;
    }
    "Kustomize v5" by kustomize::UNIONS => {
        Kustomization: kustomize::Kustomization;
        Component: kustomize::Component;
    }
    "Gateway API v1" by cluster::UNIONS => {
        HTTPRoute: cluster::HTTPRoute;
    }
    "External Secrets v1" by cluster::UNIONS => {
        ExternalSecret: cluster::ExternalSecret;
    }
    "Kueue v1beta2" by cluster::UNIONS => {
        ClusterQueue: cluster::ClusterQueue;
        LocalQueue: cluster::LocalQueue;
        ResourceFlavor: cluster::ResourceFlavor;
    }
    "Prometheus Operator v1" by cluster::UNIONS => {
        PrometheusRule: cluster::PrometheusRule;
        PodMonitor: cluster::PodMonitor;
        ServiceMonitor: cluster::ServiceMonitor;
    }
    "Sigstore policy-controller v1beta1" by cluster::UNIONS => {
        ClusterImagePolicy: cluster::ClusterImagePolicy;
    }
    "Cilium v2" by cluster::UNIONS => {
        CiliumNetworkPolicy: cluster::CiliumNetworkPolicy;
    }
    "Kubernetes v1.35" by &[] => {
        ConfigMap: k8s_openapi::api::core::v1::ConfigMap;
        Endpoints: k8s_openapi::api::core::v1::Endpoints;
        LimitRange: k8s_openapi::api::core::v1::LimitRange;
        Namespace: k8s_openapi::api::core::v1::Namespace;
        Node: k8s_openapi::api::core::v1::Node;
        PersistentVolume: k8s_openapi::api::core::v1::PersistentVolume;
        PersistentVolumeClaim: k8s_openapi::api::core::v1::PersistentVolumeClaim;
        Pod: k8s_openapi::api::core::v1::Pod;
        PodTemplate: k8s_openapi::api::core::v1::PodTemplate;
        ReplicationController: k8s_openapi::api::core::v1::ReplicationController;
        ResourceQuota: k8s_openapi::api::core::v1::ResourceQuota;
        Secret: k8s_openapi::api::core::v1::Secret;
        Service: k8s_openapi::api::core::v1::Service;
        ServiceAccount: k8s_openapi::api::core::v1::ServiceAccount;
        MutatingAdmissionPolicy: k8s_openapi::api::admissionregistration::v1beta1::MutatingAdmissionPolicy;
        MutatingAdmissionPolicyV1Alpha1: k8s_openapi::api::admissionregistration::v1alpha1::MutatingAdmissionPolicy;
        MutatingAdmissionPolicyBinding: k8s_openapi::api::admissionregistration::v1beta1::MutatingAdmissionPolicyBinding;
        MutatingAdmissionPolicyBindingV1Alpha1: k8s_openapi::api::admissionregistration::v1alpha1::MutatingAdmissionPolicyBinding;
        MutatingWebhookConfiguration: k8s_openapi::api::admissionregistration::v1::MutatingWebhookConfiguration;
        ValidatingAdmissionPolicy: k8s_openapi::api::admissionregistration::v1::ValidatingAdmissionPolicy;
        ValidatingAdmissionPolicyBinding: k8s_openapi::api::admissionregistration::v1::ValidatingAdmissionPolicyBinding;
        ValidatingWebhookConfiguration: k8s_openapi::api::admissionregistration::v1::ValidatingWebhookConfiguration;
        CustomResourceDefinition: k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::CustomResourceDefinition;
        APIService: k8s_openapi::kube_aggregator::pkg::apis::apiregistration::v1::APIService;
        DaemonSet: k8s_openapi::api::apps::v1::DaemonSet;
        Deployment: k8s_openapi::api::apps::v1::Deployment;
        ReplicaSet: k8s_openapi::api::apps::v1::ReplicaSet;
        StatefulSet: crate::StatefulSet;
        HorizontalPodAutoscaler: k8s_openapi::api::autoscaling::v2::HorizontalPodAutoscaler;
        HorizontalPodAutoscalerV1: k8s_openapi::api::autoscaling::v1::HorizontalPodAutoscaler;
        CronJob: k8s_openapi::api::batch::v1::CronJob;
        Job: k8s_openapi::api::batch::v1::Job;
        CertificateSigningRequest: k8s_openapi::api::certificates::v1::CertificateSigningRequest;
        ClusterTrustBundle: k8s_openapi::api::certificates::v1beta1::ClusterTrustBundle;
        ClusterTrustBundleV1Alpha1: k8s_openapi::api::certificates::v1alpha1::ClusterTrustBundle;
        PodCertificateRequest: k8s_openapi::api::certificates::v1beta1::PodCertificateRequest;
        Lease: k8s_openapi::api::coordination::v1::Lease;
        LeaseCandidate: k8s_openapi::api::coordination::v1beta1::LeaseCandidate;
        LeaseCandidateV1Alpha2: k8s_openapi::api::coordination::v1alpha2::LeaseCandidate;
        EndpointSlice: k8s_openapi::api::discovery::v1::EndpointSlice;
        FlowSchema: k8s_openapi::api::flowcontrol::v1::FlowSchema;
        PriorityLevelConfiguration: k8s_openapi::api::flowcontrol::v1::PriorityLevelConfiguration;
        IPAddress: k8s_openapi::api::networking::v1::IPAddress;
        IPAddressV1Beta1: k8s_openapi::api::networking::v1beta1::IPAddress;
        Ingress: k8s_openapi::api::networking::v1::Ingress;
        IngressClass: k8s_openapi::api::networking::v1::IngressClass;
        NetworkPolicy: k8s_openapi::api::networking::v1::NetworkPolicy;
        ServiceCIDR: k8s_openapi::api::networking::v1::ServiceCIDR;
        ServiceCIDRV1Beta1: k8s_openapi::api::networking::v1beta1::ServiceCIDR;
        RuntimeClass: k8s_openapi::api::node::v1::RuntimeClass;
        PodDisruptionBudget: k8s_openapi::api::policy::v1::PodDisruptionBudget;
        ClusterRole: k8s_openapi::api::rbac::v1::ClusterRole;
        ClusterRoleBinding: k8s_openapi::api::rbac::v1::ClusterRoleBinding;
        Role: k8s_openapi::api::rbac::v1::Role;
        RoleBinding: k8s_openapi::api::rbac::v1::RoleBinding;
        DeviceClass: k8s_openapi::api::resource::v1::DeviceClass;
        DeviceClassV1Beta2: k8s_openapi::api::resource::v1beta2::DeviceClass;
        DeviceClassV1Beta1: k8s_openapi::api::resource::v1beta1::DeviceClass;
        DeviceTaintRule: k8s_openapi::api::resource::v1alpha3::DeviceTaintRule;
        ResourceClaim: k8s_openapi::api::resource::v1::ResourceClaim;
        ResourceClaimV1Beta2: k8s_openapi::api::resource::v1beta2::ResourceClaim;
        ResourceClaimV1Beta1: k8s_openapi::api::resource::v1beta1::ResourceClaim;
        ResourceClaimTemplate: k8s_openapi::api::resource::v1::ResourceClaimTemplate;
        ResourceClaimTemplateV1Beta2: k8s_openapi::api::resource::v1beta2::ResourceClaimTemplate;
        ResourceClaimTemplateV1Beta1: k8s_openapi::api::resource::v1beta1::ResourceClaimTemplate;
        ResourceSlice: k8s_openapi::api::resource::v1::ResourceSlice;
        ResourceSliceV1Beta2: k8s_openapi::api::resource::v1beta2::ResourceSlice;
        ResourceSliceV1Beta1: k8s_openapi::api::resource::v1beta1::ResourceSlice;
        PriorityClass: k8s_openapi::api::scheduling::v1::PriorityClass;
        Workload: k8s_openapi::api::scheduling::v1alpha1::Workload;
        CSIDriver: k8s_openapi::api::storage::v1::CSIDriver;
        CSINode: k8s_openapi::api::storage::v1::CSINode;
        CSIStorageCapacity: k8s_openapi::api::storage::v1::CSIStorageCapacity;
        StorageClass: k8s_openapi::api::storage::v1::StorageClass;
        VolumeAttachment: k8s_openapi::api::storage::v1::VolumeAttachment;
        VolumeAttributesClass: k8s_openapi::api::storage::v1::VolumeAttributesClass;
        VolumeAttributesClassV1Beta1: k8s_openapi::api::storage::v1beta1::VolumeAttributesClass;
        StorageVersionMigration: k8s_openapi::api::storagemigration::v1beta1::StorageVersionMigration;
    }
}

#[cfg(test)]
mod tests {
    use super::KINDS;

    #[test]
    fn no_kind_stands_twice() {
        let mut names: Vec<String> = KINDS.iter().map(ToString::to_string).collect();
        names.sort();
        let all = names.len();
        names.dedup();
        assert_eq!(names.len(), all);
    }
}
