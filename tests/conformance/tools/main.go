// Takes what buildctl sends to a daemon and writes it down: `tools SOCKET FILE` answers every build on the socket with one digest,
// without building anything, and the file gets what was asked for as JSON.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"sync"

	control "github.com/moby/buildkit/api/services/control"
	apitypes "github.com/moby/buildkit/api/types"
	gateway "github.com/moby/buildkit/frontend/gateway/pb"
	"github.com/moby/buildkit/solver/pb"
	"google.golang.org/grpc"
)

const digest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

// asked is what one build asks for.
type asked struct {
	Frontend string            `json:"frontend"`
	Options  map[string]string `json:"options"`
	Exporter string            `json:"exporter"`
	Output   map[string]string `json:"output"`
	Exports  []cacheEntry      `json:"exports"`
	Imports  []cacheEntry      `json:"imports"`
}

type cacheEntry struct {
	Type  string            `json:"type"`
	Attrs map[string]string `json:"attrs"`
}

// shared is what the two services of a daemon know of the build.
type shared struct {
	file   string
	mu     sync.Mutex
	asked  asked
	once   sync.Once
	solved chan struct{}
}

type controlServer struct {
	control.UnimplementedControlServer
	*shared
}

type gatewayServer struct {
	gateway.UnimplementedLLBBridgeServer
	*shared
}

func (d *controlServer) Info(context.Context, *control.InfoRequest) (*control.InfoResponse, error) {
	return &control.InfoResponse{BuildkitVersion: &apitypes.BuildkitVersion{Version: "v0.32.2"}}, nil
}

func (d *controlServer) ListWorkers(context.Context, *control.ListWorkersRequest) (*control.ListWorkersResponse, error) {
	worker := &apitypes.WorkerRecord{ID: "worker", Platforms: []*pb.Platform{{OS: "linux", Architecture: "amd64"}}}
	return &control.ListWorkersResponse{Record: []*apitypes.WorkerRecord{worker}}, nil
}

// Session is where a daemon asks for files and secrets; this one asks for nothing.
func (d *controlServer) Session(stream control.Control_SessionServer) error {
	<-stream.Context().Done()
	return nil
}

func (d *controlServer) Status(*control.StatusRequest, control.Control_StatusServer) error {
	return nil
}

// Solve ends when the frontend is done: the rest of what is asked for comes through the gateway.
func (d *controlServer) Solve(ctx context.Context, request *control.SolveRequest) (*control.SolveResponse, error) {
	d.mu.Lock()
	for _, exporter := range request.Exporters {
		d.asked.Exporter, d.asked.Output = exporter.Type, exporter.Attrs
	}
	for _, entry := range request.Cache.GetExports() {
		d.asked.Exports = append(d.asked.Exports, cacheEntry{entry.Type, entry.Attrs})
	}
	d.mu.Unlock()
	select {
	case <-d.solved:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	text, err := json.Marshal(d.asked)
	if err != nil {
		return nil, err
	}
	if err := os.WriteFile(d.file, text, 0o644); err != nil {
		return nil, err
	}
	return &control.SolveResponse{ExporterResponse: map[string]string{"containerimage.digest": digest}}, nil
}

func (d *gatewayServer) Ping(context.Context, *gateway.PingRequest) (*gateway.PongResponse, error) {
	return &gateway.PongResponse{FrontendAPICaps: gateway.Caps.All(), LLBCaps: pb.Caps.All()}, nil
}

func (d *gatewayServer) Solve(_ context.Context, request *gateway.SolveRequest) (*gateway.SolveResponse, error) {
	d.mu.Lock()
	d.asked.Frontend, d.asked.Options = request.Frontend, request.FrontendOpt
	for _, entry := range request.CacheImports {
		d.asked.Imports = append(d.asked.Imports, cacheEntry{entry.Type, entry.Attrs})
	}
	d.mu.Unlock()
	return &gateway.SolveResponse{Result: &gateway.Result{Result: &gateway.Result_RefDeprecated{RefDeprecated: ""}}}, nil
}

func (d *gatewayServer) Return(context.Context, *gateway.ReturnRequest) (*gateway.ReturnResponse, error) {
	d.once.Do(func() { close(d.solved) })
	return &gateway.ReturnResponse{}, nil
}

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: tools SOCKET FILE")
		os.Exit(2)
	}
	listener, err := net.Listen("unix", os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	shared := &shared{file: os.Args[2], solved: make(chan struct{})}
	server := grpc.NewServer()
	control.RegisterControlServer(server, &controlServer{shared: shared})
	gateway.RegisterLLBBridgeServer(server, &gatewayServer{shared: shared})
	if err := server.Serve(listener); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
