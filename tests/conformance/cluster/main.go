// Command cluster judges core Kubernetes objects and those of common add-ons by upstream's Go types.
//
// Judges: k8s.io/api and k8s.io/client-go v0.36.3 (every kind of client-go's scheme), k8s.io/apiextensions-apiserver v0.36.3
// (CustomResourceDefinition), sigs.k8s.io/gateway-api v1.6.3 (v1 and v1beta1), prometheus-operator v0.93.0
// (monitoring.coreos.com/v1), and for the groups of a PrometheusRule model/rulefmt.Parse of
// github.com/prometheus/prometheus v0.314.0 (3.14), which parses durations, templates and PromQL. A document is decoded by
// apimachinery's strict serializer, as the API server does under `fieldValidation: Strict`; quantities, durations and ports
// are parsed by their types. Names, namespaces, labels and annotations are checked by the functions of apimachinery that the
// API server's validation of metadata is made of. What only the API server has is not run: the validation of specs in
// k8s.io/kubernetes/pkg/apis, and the schemas and CEL rules of CRDs.
package main

import (
	"errors"
	"fmt"
	"log/slog"
	"strings"

	monitoringv1 "github.com/prometheus-operator/prometheus-operator/pkg/apis/monitoring/v1"
	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/rulefmt"
	"github.com/prometheus/prometheus/promql/parser"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apimachinery/pkg/api/meta"
	apivalidation "k8s.io/apimachinery/pkg/api/validation"
	pathvalidation "k8s.io/apimachinery/pkg/api/validation/path"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	metavalidation "k8s.io/apimachinery/pkg/apis/meta/v1/validation"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/serializer/json"
	utilruntime "k8s.io/apimachinery/pkg/util/runtime"
	"k8s.io/apimachinery/pkg/util/validation/field"
	clientgoscheme "k8s.io/client-go/kubernetes/scheme"
	gatewayv1 "sigs.k8s.io/gateway-api/apis/v1"
	gatewayv1beta1 "sigs.k8s.io/gateway-api/apis/v1beta1"
	"sigs.k8s.io/yaml"
)

// request is one document.
type request struct {
	ID    string `json:"id"`
	YAML  string `json:"yaml"`
	Group string `json:"group"`
}

func main() {
	scheme := runtime.NewScheme()
	for _, add := range []func(*runtime.Scheme) error{
		clientgoscheme.AddToScheme,
		apiextensionsv1.AddToScheme,
		gatewayv1.Install,
		gatewayv1beta1.Install,
		monitoringv1.AddToScheme,
	} {
		utilruntime.Must(add(scheme))
	}
	decoder := json.NewSerializerWithOptions(json.DefaultMetaFactory, scheme, scheme, json.SerializerOptions{
		Yaml:   true,
		Strict: true,
	})
	serve(func(requests []request) []verdict {
		var verdicts []verdict
		for _, r := range requests {
			verdicts = append(verdicts, verdictOf(r.ID, func() error { return judge(r, decoder) }))
		}
		return verdicts
	})
}

func judge(r request, decoder runtime.Decoder) error {
	var kind metav1.TypeMeta
	if err := yaml.Unmarshal([]byte(r.YAML), &kind); err != nil {
		return err
	}
	object, _, err := decoder.Decode([]byte(r.YAML), nil, nil)
	if runtime.IsNotRegisteredError(err) {
		return fmt.Errorf("unknown kind `%s` of `%s`", kind.Kind, kind.APIVersion)
	}
	if err != nil {
		return err
	}
	if meta.IsListType(object) {
		return errors.New("a list is not one object")
	}
	accessor, err := meta.Accessor(object)
	if err != nil {
		return err
	}
	if errs := validateMetadata(kind, accessor); len(errs) > 0 {
		return errs.ToAggregate()
	}
	if rule, ok := object.(*monitoringv1.PrometheusRule); ok {
		return validateRules(rule)
	}
	return nil
}

// validateRules reads the groups as the rule file that prometheus-operator writes of them.
func validateRules(rule *monitoringv1.PrometheusRule) error {
	file, err := yaml.Marshal(map[string]any{"groups": rule.Spec.Groups})
	if err != nil {
		return err
	}
	const ignoreUnknownFields = true // partial_response_strategy is of Thanos
	_, errs := rulefmt.Parse(
		file, ignoreUnknownFields, model.UTF8Validation, parser.NewParser(parser.Options{}), slog.Default(),
	)
	return errors.Join(errs...)
}

// validateMetadata checks what the API server checks of any object's metadata, and the name by the rule of the object's kind.
func validateMetadata(kind metav1.TypeMeta, object metav1.Object) field.ErrorList {
	path := field.NewPath("metadata")
	var errs field.ErrorList
	name := object.GetName()
	if name == "" {
		errs = append(errs, field.Required(path.Child("name"), ""))
	} else {
		for _, message := range nameRule(kind)(name, false) {
			errs = append(errs, field.Invalid(path.Child("name"), name, message))
		}
	}
	if namespace := object.GetNamespace(); namespace != "" {
		for _, message := range apivalidation.ValidateNamespaceName(namespace, false) {
			errs = append(errs, field.Invalid(path.Child("namespace"), namespace, message))
		}
	}
	errs = append(errs, metavalidation.ValidateLabels(object.GetLabels(), path.Child("labels"))...)
	errs = append(errs, apivalidation.ValidateAnnotations(object.GetAnnotations(), path.Child("annotations"))...)
	errs = append(errs, apivalidation.ValidateFinalizers(object.GetFinalizers(), path.Child("finalizers"))...)
	return errs
}

// nameRule gives the rule that k8s.io/kubernetes/pkg/apis uses for names of a kind: a DNS-1123 subdomain unless it is
// one of these.
func nameRule(kind metav1.TypeMeta) apivalidation.ValidateNameFunc {
	group, _, grouped := strings.Cut(kind.APIVersion, "/")
	switch {
	case group == "rbac.authorization.k8s.io":
		return pathvalidation.ValidatePathSegmentName
	case !grouped && kind.Kind == "Namespace":
		return apivalidation.ValidateNamespaceName
	case !grouped && kind.Kind == "Service":
		return apivalidation.NameIsDNS1035Label
	case group == "apps" && kind.Kind == "StatefulSet":
		return apivalidation.NameIsDNSLabel
	}
	return apivalidation.NameIsDNSSubdomain
}
