package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
)

// verdict is one line of standard output: what upstream says of one input line.
type verdict struct {
	ID     string `json:"id"`
	OK     bool   `json:"ok"`
	Error  string `json:"error"`
	Output string `json:"output,omitempty"`
}

// verdictOf runs one judgement. A panic in upstream's code is a refusal of the document, not the end of the run.
func verdictOf(id string, judge func() error) (v verdict) {
	defer func() {
		if p := recover(); p != nil {
			v = verdict{ID: id, Error: fmt.Sprintf("panic: %v", p)}
		}
	}()
	if err := judge(); err != nil {
		return verdict{ID: id, Error: err.Error()}
	}
	return verdict{ID: id, OK: true}
}

// serve reads all requests from standard input, lets judge answer them in order, and writes the verdicts.
// Requests are read whole before the first is judged, because objects of a group may refer to each other.
// It exits with 0 when it ran, whatever the verdicts, and with 2 when the input breaks the protocol.
func serve[Request any](judge func([]Request) []verdict) {
	// Upstream's code may print; only verdicts may reach standard output.
	out := os.Stdout
	os.Stdout = os.Stderr
	requests, err := readRequests[Request](os.Stdin)
	if err == nil {
		err = writeVerdicts(out, judge(requests))
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
}

func readRequests[Request any](in io.Reader) ([]Request, error) {
	var requests []Request
	reader := bufio.NewReaderSize(in, 1<<20)
	for number := 1; ; number++ {
		line, readErr := reader.ReadBytes('\n')
		if readErr != nil && !errors.Is(readErr, io.EOF) {
			return nil, fmt.Errorf("standard input: %w", readErr)
		}
		if line = bytes.TrimSpace(line); len(line) > 0 {
			decoder := json.NewDecoder(bytes.NewReader(line))
			decoder.DisallowUnknownFields()
			var request Request
			if err := decoder.Decode(&request); err != nil {
				return nil, fmt.Errorf("line %d of standard input: %w", number, err)
			}
			if decoder.More() {
				return nil, fmt.Errorf("line %d of standard input: more than one JSON value", number)
			}
			requests = append(requests, request)
		}
		if readErr != nil {
			return requests, nil
		}
	}
}

func writeVerdicts(out io.Writer, verdicts []verdict) error {
	buffered := bufio.NewWriter(out)
	encoder := json.NewEncoder(buffered)
	encoder.SetEscapeHTML(false)
	for _, v := range verdicts {
		if err := encoder.Encode(v); err != nil {
			return fmt.Errorf("standard output: %w", err)
		}
	}
	return buffered.Flush()
}
