module luban.dev/conformance/argo-workflows

go 1.26.0

require github.com/argoproj/argo-workflows/v3 v3.7.4
