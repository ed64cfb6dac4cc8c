// Command external-secrets judges ExternalSecrets as the admission webhook of External Secrets Operator does.
//
// Judge: github.com/external-secrets/external-secrets v0.19.2, the last version whose types are in its own module: later ones
// need a module that is never published. A document is decoded by sigs.k8s.io/yaml.UnmarshalStrict into the type of its kind; an
// ExternalSecret of v1 then passes ExternalSecretValidator.ValidateCreate. Stores are decoded only, because their validation is
// in the providers' clients.
package main

import (
	"context"
	"fmt"

	"github.com/external-secrets/external-secrets/apis/externalsecrets/v1"
	"github.com/external-secrets/external-secrets/apis/externalsecrets/v1alpha1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/yaml"
)

// request is one document.
type request struct {
	ID    string `json:"id"`
	YAML  string `json:"yaml"`
	Group string `json:"group"`
}

var kinds = map[metav1.TypeMeta]func() any{
	typeMeta("v1", "ClusterExternalSecret"): func() any { return &v1.ClusterExternalSecret{} },
	typeMeta("v1", "ClusterSecretStore"):    func() any { return &v1.ClusterSecretStore{} },
	typeMeta("v1", "ExternalSecret"):        func() any { return &v1.ExternalSecret{} },
	typeMeta("v1", "SecretStore"):           func() any { return &v1.SecretStore{} },

	typeMeta("v1alpha1", "ClusterPushSecret"): func() any { return &v1alpha1.ClusterPushSecret{} },
	typeMeta("v1alpha1", "PushSecret"):        func() any { return &v1alpha1.PushSecret{} },
}

func typeMeta(version, kind string) metav1.TypeMeta {
	return metav1.TypeMeta{APIVersion: v1.Group + "/" + version, Kind: kind}
}

func main() {
	serve(func(requests []request) []verdict {
		var verdicts []verdict
		for _, r := range requests {
			verdicts = append(verdicts, verdictOf(r.ID, func() error { return judge(r) }))
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
	object := create()
	if err := yaml.UnmarshalStrict([]byte(r.YAML), object); err != nil {
		return err
	}
	if secret, ok := object.(*v1.ExternalSecret); ok {
		_, err := new(v1.ExternalSecretValidator).ValidateCreate(context.Background(), secret)
		return err
	}
	return nil
}
