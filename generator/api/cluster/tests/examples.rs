//! No corpus has these kinds: one full example of each is read and written without loss.

#![allow(clippy::unwrap_used, reason = "a test ends where it fails")]

use luban_api_cluster::{
    CiliumNetworkPolicy, ClusterImagePolicy, ClusterQueue, ExternalSecret, HTTPRoute, LocalQueue,
    PodMonitor, PrometheusRule, ResourceFlavor, ServiceMonitor,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

fn survives<K: Serialize + DeserializeOwned>(text: &str) {
    let before: Value = serde_yaml::from_str(text).unwrap();
    let object: K = serde_yaml::from_str(text).unwrap();
    assert_eq!(serde_json::to_value(object).unwrap(), before);
}

#[test]
fn an_http_route_keeps_all_it_says() {
    survives::<HTTPRoute>(
        "
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: web, namespace: shop}
spec:
  parentRefs: [{group: '', kind: Service, name: web, port: 80}, {name: public, namespace: gateways, sectionName: https}]
  hostnames: [shop.example.org]
  rules:
  - name: api
    matches:
    - path: {type: PathPrefix, value: /api}
      headers: [{type: Exact, name: x-stage, value: snd}]
      queryParams: [{name: v, value: '2'}]
      method: GET
    filters:
    - type: RequestHeaderModifier
      requestHeaderModifier: {set: [{name: a, value: b}], add: [{name: c, value: d}], remove: [e]}
    - type: URLRewrite
      urlRewrite: {hostname: in.example.org, path: {type: ReplacePrefixMatch, replacePrefixMatch: /}}
    - type: RequestMirror
      requestMirror: {backendRef: {name: copy, port: 80}, fraction: {numerator: 1, denominator: 10}}
    - type: RequestRedirect
      requestRedirect: {scheme: https, statusCode: 301, path: {type: ReplaceFullPath, replaceFullPath: /new}}
    - type: CORS
      cors: {allowOrigins: ['https://a.example.org'], allowCredentials: true, allowMethods: [GET], maxAge: 5}
    - type: ExtensionRef
      extensionRef: {group: example.org, kind: Limit, name: slow}
    - type: ExternalAuth
      externalAuth:
        protocol: HTTP
        backendRef: {name: login, namespace: auth, port: 80}
        http: {path: /check, allowedHeaders: [cookie], allowedResponseHeaders: [x-user]}
        forwardBody: {maxSize: 1024}
    - type: ExternalAuth
      externalAuth: {protocol: GRPC, backendRef: {name: login}, grpc: {allowedHeaders: [cookie]}}
    backendRefs: [{name: web, port: 8080, weight: 9}, {name: web-next, port: 8080, weight: 1}]
    timeouts: {request: 10s, backendRequest: 5s}
    retry: {codes: [500, 503], attempts: 2, backoff: 100ms}
    sessionPersistence: {sessionName: s, type: Cookie, cookieConfig: {lifetimeType: Permanent}}
  - sessionPersistence: {absoluteTimeout: 1h, cookie: {name: s, path: /, lifetimeType: Session}}
  - sessionPersistence: {type: Header, header: {name: x-session}}
  useDefaultGateways: All
status:
  parents:
  - parentRef: {name: public}
    controllerName: example.org/gateway
    conditions: [{type: Accepted, status: 'True', reason: Accepted, message: ok, observedGeneration: 1, lastTransitionTime: '2026-01-02T03:04:05Z'}]
",
    );
}

#[test]
fn an_external_secret_keeps_all_it_says() {
    survives::<ExternalSecret>(
        "
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: registry}
spec:
  secretStoreRef: {name: vault, kind: ClusterSecretStore}
  refreshPolicy: Periodic
  refreshInterval: 1h
  target:
    name: registry
    creationPolicy: Owner
    deletionPolicy: Retain
    immutable: true
    template:
      type: kubernetes.io/dockerconfigjson
      engineVersion: v2
      metadata: {labels: {a: b}, annotations: {c: d}}
      data: {.dockerconfigjson: '{{ .config }}'}
      templateFrom: [{configMap: {name: t, items: [{key: k, templateAs: Values}]}, target: Data}]
  data:
  - secretKey: config
    remoteRef: {key: registries/harbor, property: config, version: '3', decodingStrategy: Base64}
    sourceRef: {storeRef: {name: other, kind: SecretStore}}
  dataFrom:
  - extract: {key: registries/harbor}
    rewrite: [{regexp: {source: a, target: b}}, {transform: {template: '{{ .value }}'}}, {merge: {into: all}}]
  - find: {path: registries, name: {regexp: '^h'}, tags: {team: shop}}
  - sourceRef: {generatorRef: {apiVersion: generators.external-secrets.io/v1alpha1, kind: Password, name: p}}
status:
  refreshTime: '2026-01-02T03:04:05Z'
  syncedResourceVersion: 1-a
  conditions: [{type: Ready, status: 'True', reason: SecretSynced, message: synced, lastTransitionTime: '2026-01-02T03:04:05Z'}]
  binding: {name: registry}
",
    );
}

#[test]
fn kueues_queues_keep_all_they_say() {
    survives::<ClusterQueue>(
        "
apiVersion: kueue.x-k8s.io/v1beta2
kind: ClusterQueue
metadata: {name: builds}
spec:
  namespaceSelector: {}
  cohortName: delivery
  queueingStrategy: BestEffortFIFO
  stopPolicy: None
  resourceGroups:
  - coveredResources: [cpu, memory]
    flavors:
    - name: default
      resources:
      - {name: cpu, nominalQuota: '9', borrowingLimit: '1', lendingLimit: '2'}
      - {name: memory, nominalQuota: 36Gi}
  flavorFungibility: {whenCanBorrow: TryNextFlavor, whenCanPreempt: TryNextFlavor, preference: PreemptionOverBorrowing}
  preemption:
    reclaimWithinCohort: Any
    borrowWithinCohort: {policy: LowerPriority, maxPriorityThreshold: 100}
    withinClusterQueue: LowerPriority
  admissionChecksStrategy: {admissionChecks: [{name: budget, onFlavors: [default]}]}
  fairSharing: {weight: '1'}
  concurrentAdmissionPolicy: {migration: {mode: TryPreferredFlavors, constraints: {lastAcceptableFlavorName: default}}}
",
    );
    survives::<LocalQueue>(
        "{apiVersion: kueue.x-k8s.io/v1beta2, kind: LocalQueue, metadata: {name: q}, spec: {clusterQueue: builds, wallTimePolicy: {wallTimeAllocatedHours: 8, actionWhenWallTimeExhausted: Hold}}}",
    );
    survives::<ResourceFlavor>(
        "
apiVersion: kueue.x-k8s.io/v1beta2
kind: ResourceFlavor
metadata: {name: spot}
spec:
  nodeLabels: {pool: spot}
  nodeTaints: [{key: spot, value: 'true', effect: NoSchedule}]
  tolerations: [{key: spot, operator: Exists}]
  topologyName: racks
  resourceWeights: {cpu: '2'}
",
    );
}

#[test]
fn a_prometheus_rule_keeps_all_it_says() {
    survives::<PrometheusRule>(
        "
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: {name: builds}
spec:
  groups:
  - name: builds
    interval: 1m
    query_offset: 10s
    partial_response_strategy: warn
    limit: 10
    rules:
    - alert: BuildFails
      expr: rate(failed[5m]) > 0
      for: 5m
      keep_firing_for: 10m
      labels: {severity: warning}
      annotations: {summary: a build fails}
    - {record: always, expr: 1}
",
    );
}

#[test]
fn prometheus_monitors_keep_all_they_say() {
    let endpoint = "
    port: metrics
    path: /metrics
    interval: 30s
    enableHttp2: true
    proxyUrl: http://proxy
    noProxy: 10.0.0.0/8
    proxyConnectHeader: {x: [{name: s, key: k}]}
    oauth2: {clientId: {secret: {name: s, key: id}}, clientSecret: {name: s, key: secret}, tokenUrl: 'https://login', scopes: [s], endpointParams: {a: b}}
    params: {a: [b]}
    tlsConfig: {ca: {configMap: {name: ca, key: pem}}, serverName: s, insecureSkipVerify: false}
    relabelings: [{sourceLabels: [a], targetLabel: b, action: replace, regex: x, modulus: 2}]
";
    survives::<PodMonitor>(&format!(
        "
apiVersion: monitoring.coreos.com/v1
kind: PodMonitor
metadata: {{name: m}}
spec:
  selector: {{}}
  namespaceSelector: {{any: true}}
  podMetricsEndpoints:
  - filterRunning: true{endpoint}"
    ));
    survives::<ServiceMonitor>(&format!(
        "
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: {{name: m}}
spec:
  selector: {{matchLabels: {{a: b}}}}
  namespaceSelector: {{matchNames: [n]}}
  endpoints:
  - bearerTokenFile: /token{endpoint}
  - tlsConfig: {{caFile: /ca, certFile: /cert, keyFile: /key}}
"
    ));
}

#[test]
fn a_cilium_policy_keeps_all_it_says() {
    survives::<CiliumNetworkPolicy>(
        "
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: {name: build}
spec:
  description: what builds may reach
  endpointSelector: {}
  enableDefaultDeny: {ingress: true, egress: true}
  ingress: []
  egress:
  - toEndpoints: [{matchLabels: {k8s-app: kube-dns}}]
    toPorts: [{ports: [{port: '53', protocol: ANY}], rules: {dns: [{matchPattern: '*'}]}}]
  - toFQDNs: [{matchName: github.com}, {matchPattern: '*.example.org'}]
    toPorts: [{ports: [{port: '443', endPort: 444, protocol: TCP}], serverNames: [github.com]}]
  - toCIDR: [10.0.0.0/8]
    toCIDRSet: [{cidr: 192.168.0.0/16, except: [192.168.1.0/24]}, {cidrGroupRef: g}]
  - toEntities: [kube-apiserver]
    toServices: [{k8sService: {serviceName: s, namespace: n}}, {k8sServiceSelector: {selector: {}, namespace: n}}]
    icmps: [{fields: [{family: IPv4, type: 8}, {type: EchoReply}]}]
    authentication: {mode: required}
  - toPorts: [{ports: [{port: '80'}], rules: {http: [{method: GET, path: /.*, headerMatches: [{name: x, value: y, mismatch: LOG, secret: {name: s, namespace: n}}]}]}}]
  - toPorts:
    - ports: [{port: '9092'}]
      rules: {kafka: [{role: produce, topic: builds}]}
      listener: {envoyConfig: {kind: CiliumEnvoyConfig, name: e}, name: l, priority: 1}
      terminatingTLS: {secret: {name: s, namespace: n}, certificate: c, privateKey: k}
      originatingTLS: {secret: {name: s}, trustedCA: a}
    toGroups: [{aws: {labels: {a: b}, securityGroupsIds: [sg-1], securityGroupsNames: [n], region: r}}]
  - toPorts: [{ports: [{port: '1'}], rules: {l7proto: x, l7: [{a: b}]}}]
",
    );
}

#[test]
fn an_image_policy_keeps_all_it_says() {
    survives::<ClusterImagePolicy>(
        "
apiVersion: policy.sigstore.dev/v1beta1
kind: ClusterImagePolicy
metadata: {name: ours}
spec:
  mode: enforce
  images: [{glob: registry.example.org/**}]
  match: [{group: apps, version: v1, resource: deployments, selector: {matchLabels: {a: b}}}]
  authorities:
  - name: key
    key: {secretRef: {name: cosign}, hashAlgorithm: sha256}
    ctlog: {url: https://rekor.example.org, trustRootRef: ours}
    rfc3161timestamp: {trustRootRef: ours}
    attestations:
    - name: provenance
      predicateType: https://slsa.dev/provenance/v1
      policy: {type: cue, data: 'x: 1', configMapRef: {name: c, key: k}}
  - name: identity
    keyless:
      url: https://fulcio.example.org
      identities: [{issuer: i, subjectRegExp: '.*'}]
      ca-cert: {data: pem}
      insecureIgnoreSCT: true
    source: [{oci: registry.example.org/signatures, signaturePullSecrets: [{name: s}], tagPrefix: p}]
  - {name: base, static: {action: pass}}
",
    );
}

#[test]
fn what_controllers_report_is_kept() {
    let condition = "{type: Active, status: 'True', reason: Ready, message: ok, lastTransitionTime: '2026-01-02T03:04:05Z'}";
    let queue = format!(
        "{{conditions: [{condition}], pendingWorkloads: 0, reservingWorkloads: 1, admittedWorkloads: 1,
  flavorsReservation: [{{name: f, resources: [{{name: cpu, total: '1', borrowed: '0'}}]}}], flavorsUsage: [{{name: f, resources: [{{name: cpu, total: '1'}}]}}],
  fairSharing: {{weightedShare: 5, admissionFairSharingStatus: {{consumedResources: {{cpu: '2'}}, lastUpdate: '2026-01-02T03:04:05Z'}}}}}}"
    );
    survives::<ClusterQueue>(&format!(
        "{{apiVersion: kueue.x-k8s.io/v1beta2, kind: ClusterQueue, metadata: {{name: q}}, spec: {{}}, status: {queue}}}"
    ));
    survives::<LocalQueue>(&format!(
        "{{apiVersion: kueue.x-k8s.io/v1beta2, kind: LocalQueue, metadata: {{name: q}}, spec: {{}}, status: {queue}}}"
    ));
    survives::<PrometheusRule>(&format!(
        "{{apiVersion: monitoring.coreos.com/v1, kind: PrometheusRule, metadata: {{name: r}}, spec: {{}},
 status: {{bindings: [{{group: monitoring.coreos.com, resource: prometheuses, name: p, namespace: n, conditions: [{condition}]}}]}}}}"
    ));
    survives::<CiliumNetworkPolicy>(&format!(
        "{{apiVersion: cilium.io/v2, kind: CiliumNetworkPolicy, metadata: {{name: p}},
 status: {{conditions: [{condition}], derivativePolicies: {{a: {{ok: true, error: e, lastUpdated: '2026-01-02T03:04:05Z', localPolicyRevision: 3, enforcing: true, annotations: {{a: b}}}}}}}}}}"
    ));
    survives::<ClusterImagePolicy>(&format!(
        "{{apiVersion: policy.sigstore.dev/v1beta1, kind: ClusterImagePolicy, metadata: {{name: p}}, spec: {{images: []}},
 status: {{observedGeneration: 1, conditions: [{condition}], annotations: {{a: b}}}}}}"
    ));
}
