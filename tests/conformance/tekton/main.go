// Command tekton judges Tekton objects as the admission webhooks of Tekton Pipelines and Triggers do.
//
// Judges: github.com/tektoncd/pipeline v1.15.0 and github.com/tektoncd/triggers v0.37.0. A document is decoded by
// sigs.k8s.io/yaml.UnmarshalStrict into the webhook's type of its kind, then SetDefaults and Validate run in the context
// of a create request, with the feature flags of the request over the released defaults (`enable-api-fields`: Pipelines
// `beta`, Triggers `stable`). Warnings of Validate are not refusals, as in the webhook.
package main

import (
	"context"
	"fmt"
	"maps"

	pipelineconfig "github.com/tektoncd/pipeline/pkg/apis/config"
	"github.com/tektoncd/pipeline/pkg/apis/pipeline/v1"
	pipelinev1alpha1 "github.com/tektoncd/pipeline/pkg/apis/pipeline/v1alpha1"
	pipelinev1beta1 "github.com/tektoncd/pipeline/pkg/apis/pipeline/v1beta1"
	resolutionv1alpha1 "github.com/tektoncd/pipeline/pkg/apis/resolution/v1alpha1"
	resolutionv1beta1 "github.com/tektoncd/pipeline/pkg/apis/resolution/v1beta1"
	triggersconfig "github.com/tektoncd/triggers/pkg/apis/config"
	"github.com/tektoncd/triggers/pkg/apis/triggers/contexts"
	triggersv1alpha1 "github.com/tektoncd/triggers/pkg/apis/triggers/v1alpha1"
	triggersv1beta1 "github.com/tektoncd/triggers/pkg/apis/triggers/v1beta1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"knative.dev/pkg/apis"
	"sigs.k8s.io/yaml"
)

// request is one document and the feature flags to judge it under. With Pods a PipelineRun is not judged: the containers that
// its variables are substituted to are the verdict's output; its Pipeline and Tasks are of the same group.
type request struct {
	ID    string            `json:"id"`
	YAML  string            `json:"yaml"`
	Group string            `json:"group"`
	Flags map[string]string `json:"flags"`
	Pods  bool              `json:"pods"`
}

type resource interface {
	metav1.Object
	apis.Defaultable
	apis.Validatable
}

// kinds are those that the two webhooks serve, from `types` in their cmd/webhook/main.go.
var kinds = map[metav1.TypeMeta]func() resource{
	typeMeta("tekton.dev/v1", "Pipeline"):    func() resource { return &v1.Pipeline{} },
	typeMeta("tekton.dev/v1", "PipelineRun"): func() resource { return &v1.PipelineRun{} },
	typeMeta("tekton.dev/v1", "Task"):        func() resource { return &v1.Task{} },
	typeMeta("tekton.dev/v1", "TaskRun"):     func() resource { return &v1.TaskRun{} },

	typeMeta("tekton.dev/v1beta1", "CustomRun"):   func() resource { return &pipelinev1beta1.CustomRun{} },
	typeMeta("tekton.dev/v1beta1", "Pipeline"):    func() resource { return &pipelinev1beta1.Pipeline{} },
	typeMeta("tekton.dev/v1beta1", "PipelineRun"): func() resource { return &pipelinev1beta1.PipelineRun{} },
	typeMeta("tekton.dev/v1beta1", "StepAction"):  func() resource { return &pipelinev1beta1.StepAction{} },
	typeMeta("tekton.dev/v1beta1", "Task"):        func() resource { return &pipelinev1beta1.Task{} },
	typeMeta("tekton.dev/v1beta1", "TaskRun"):     func() resource { return &pipelinev1beta1.TaskRun{} },

	typeMeta("tekton.dev/v1alpha1", "StepAction"):         func() resource { return &pipelinev1alpha1.StepAction{} },
	typeMeta("tekton.dev/v1alpha1", "VerificationPolicy"): func() resource { return &pipelinev1alpha1.VerificationPolicy{} },

	typeMeta("resolution.tekton.dev/v1alpha1", "ResolutionRequest"): func() resource { return &resolutionv1alpha1.ResolutionRequest{} },
	typeMeta("resolution.tekton.dev/v1beta1", "ResolutionRequest"):  func() resource { return &resolutionv1beta1.ResolutionRequest{} },

	typeMeta("triggers.tekton.dev/v1alpha1", "ClusterInterceptor"):    func() resource { return &triggersv1alpha1.ClusterInterceptor{} },
	typeMeta("triggers.tekton.dev/v1alpha1", "ClusterTriggerBinding"): func() resource { return &triggersv1alpha1.ClusterTriggerBinding{} },
	typeMeta("triggers.tekton.dev/v1alpha1", "EventListener"):         func() resource { return &triggersv1alpha1.EventListener{} },
	typeMeta("triggers.tekton.dev/v1alpha1", "Interceptor"):           func() resource { return &triggersv1alpha1.Interceptor{} },
	typeMeta("triggers.tekton.dev/v1alpha1", "Trigger"):               func() resource { return &triggersv1alpha1.Trigger{} },
	typeMeta("triggers.tekton.dev/v1alpha1", "TriggerBinding"):        func() resource { return &triggersv1alpha1.TriggerBinding{} },
	typeMeta("triggers.tekton.dev/v1alpha1", "TriggerTemplate"):       func() resource { return &triggersv1alpha1.TriggerTemplate{} },

	typeMeta("triggers.tekton.dev/v1beta1", "ClusterTriggerBinding"): func() resource { return &triggersv1beta1.ClusterTriggerBinding{} },
	typeMeta("triggers.tekton.dev/v1beta1", "EventListener"):         func() resource { return &triggersv1beta1.EventListener{} },
	typeMeta("triggers.tekton.dev/v1beta1", "Trigger"):               func() resource { return &triggersv1beta1.Trigger{} },
	typeMeta("triggers.tekton.dev/v1beta1", "TriggerBinding"):        func() resource { return &triggersv1beta1.TriggerBinding{} },
	typeMeta("triggers.tekton.dev/v1beta1", "TriggerTemplate"):       func() resource { return &triggersv1beta1.TriggerTemplate{} },
}

func typeMeta(apiVersion, kind string) metav1.TypeMeta {
	return metav1.TypeMeta{APIVersion: apiVersion, Kind: kind}
}

func main() {
	serve(func(requests []request) []verdict {
		known := groups{}
		for _, r := range requests {
			known.add(r.Group, r.YAML)
		}
		var verdicts []verdict
		for _, r := range requests {
			var output string
			v := verdictOf(r.ID, func() (err error) {
				if r.Pods {
					output, err = known.pods(r)
					return err
				}
				return judge(r)
			})
			v.Output = output
			verdicts = append(verdicts, v)
		}
		return verdicts
	})
}

func judge(r request) error {
	var kind metav1.TypeMeta
	if err := yaml.Unmarshal([]byte(r.YAML), &kind); err != nil {
		return err
	}
	create, known := kinds[kind]
	if !known {
		return fmt.Errorf("unknown kind `%s` of `%s`", kind.Kind, kind.APIVersion)
	}
	ctx, err := withFlags(apis.WithinCreate(context.Background()), r.Flags)
	if err != nil {
		return err
	}
	object := create()
	if err := yaml.UnmarshalStrict([]byte(r.YAML), object); err != nil {
		return err
	}
	// The API server makes a name of generateName before it asks a validating webhook.
	if object.GetName() == "" && object.GetGenerateName() != "" {
		object.SetName(object.GetGenerateName() + "00000")
	}
	object.SetDefaults(ctx)
	if errs := object.Validate(ctx).Filter(apis.ErrorLevel); errs != nil {
		return errs
	}
	return nil
}

// withFlags puts both projects' configuration into the context, as the webhooks' config stores do.
func withFlags(ctx context.Context, flags map[string]string) (context.Context, error) {
	pipeline := pipelineconfig.FromContextOrDefaults(ctx)
	triggers := triggersconfig.FromContextOrDefaults(ctx)
	var err error
	if pipeline.FeatureFlags, err = pipelineconfig.NewFeatureFlagsFromMap(flags); err != nil {
		return nil, err
	}
	// Triggers knows `alpha` and `stable` only; what is beta in Pipelines is stable there.
	if flags["enable-api-fields"] == pipelineconfig.BetaAPIFields {
		flags = maps.Clone(flags)
		flags["enable-api-fields"] = triggersconfig.StableAPIFieldValue
	}
	if triggers.FeatureFlags, err = triggersconfig.NewFeatureFlagsFromMap(flags); err != nil {
		return nil, err
	}
	ctx = pipelineconfig.ToContext(ctx, pipeline)
	ctx = triggersconfig.ToContext(ctx, triggers)
	return contexts.WithUpgradeViaDefaulting(ctx), nil
}
