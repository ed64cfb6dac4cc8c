// Prints what the providers' published API descriptions say of the calls that `luban step` makes: one JSON object, provider to
// calls. Queries and bodies are whole; of answers it keeps what is read.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import ts from "typescript";

const resolve = createRequire(import.meta.url).resolve;
const folder = (name) => new URL(`node_modules/${name}/`, import.meta.url);
const version = (name) => JSON.parse(readFileSync(new URL("package.json", folder(name)))).version;

// --- GitHub: OpenAPI 3.0 ---

const READ = {
  github: ["number", "html_url", "state", "merged_at", "title", "body", "head.ref", "head.label", "base.ref"],
  gitea: ["number", "html_url", "state", "merged", "title", "body", "head.ref", "head.label", "head.repo_id", "base.ref", "base.label", "base.repo_id"],
  azure: ["pullRequestId", "status", "title", "description", "sourceRefName", "targetRefName", "forkSource.name", "forkSource.repository.id"],
};

const GITHUB_CALLS = [
  ["post", "/repos/{owner}/{repo}/statuses/{sha}", "201", []],
  ["get", "/repos/{owner}/{repo}/pulls", "200", READ.github],
  ["post", "/repos/{owner}/{repo}/pulls", "201", READ.github],
  ["patch", "/repos/{owner}/{repo}/pulls/{pull_number}", "200", READ.github],
];

function github(file) {
  const document = JSON.parse(readFileSync(new URL(`generated/${file}`, folder("@octokit/openapi"))));
  const target = (value) =>
    value.$ref ? target(value.$ref.slice(2).split("/").reduce((at, key) => at[key], document)) : value;
  // JSON Schema of an OpenAPI schema: references inlined, `nullable` as a type, words for people left out.
  const schema = (value) => {
    const { type, nullable, enum: words, format, required, properties, items, anyOf, oneOf, allOf, maxLength, maximum } = target(value);
    const kept = { type: nullable ? [type, "null"] : type, enum: words && nullable ? [...words, null] : words };
    Object.assign(kept, { format, maxLength, maximum });
    if (properties) Object.assign(kept, object(Object.entries(properties), required, schema));
    if (items) kept.items = schema(items);
    for (const [name, choices] of Object.entries({ anyOf, oneOf, allOf })) if (choices) kept[name] = choices.map(schema);
    return kept;
  };
  const calls = GITHUB_CALLS.map(([method, path, status, read]) => {
    const { parameters, requestBody, responses } = document.paths[path][method];
    const query = parameters.map(target).filter((it) => it.in === "query").map((it) => [it.name, schema(it.schema)]);
    const body = requestBody && schema(requestBody.content["application/json"].schema);
    const answer = target(responses[status]).content["application/json"].schema;
    return call(method, path, status, query, body, pruned(answer, read, (it) => target(it)));
  });
  return { source: `@octokit/openapi ${version("@octokit/openapi")}, ${file}`, calls };

  // Of an answer: the properties that are read, with their types.
  function pruned(value, read, at) {
    const whole = at(value);
    if (whole.items) return { type: "array", items: pruned(whole.items, read, at) };
    if (whole.allOf) return pruned(whole.allOf[0], read, at);
    if (read.length === 0) return {};
    const names = [...new Set(read.map((path) => path.split(".")[0]))];
    const entries = names.map((name) => {
      const property = whole.properties[name] ?? fail(`${file}: no ${name}`);
      const below = read.filter((path) => path.startsWith(`${name}.`)).map((path) => path.slice(name.length + 1));
      return [name, below.length ? pruned(property, below, at) : schema(property)];
    });
    const required = (whole.required ?? []).filter((name) => names.includes(name));
    return { type: "object", ...object(entries, required, (it) => it) };
  }
}

// --- Gitea and Azure DevOps: TypeScript made from their descriptions ---

class Declarations {
  constructor(file, words = () => undefined) {
    const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
    this.words = words;
    this.named = new Map();
    this.requests = new Map();
    const visit = (node) => {
      if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) this.named.set(node.name.text, node);
      const request = ts.getJSDocTags(node).find((tag) => tag.tagName.text === "request");
      if (request && ts.isPropertySignature(node)) this.requests.set(String(request.comment).trim(), node.type);
      else if (request && ts.isPropertyDeclaration(node)) this.requests.set(String(request.comment).trim(), node.type);
      ts.forEachChild(node, visit);
    };
    visit(source);
  }

  // Its own properties and those of the interfaces that it extends.
  members(node) {
    const parents = (node.heritageClauses ?? []).flatMap((it) => it.types).map((it) => this.named.get(it.expression.text));
    const own = node.members.filter(ts.isPropertySignature).map((it) => [it.name.text, it]);
    return [...parents.filter(Boolean).flatMap((it) => this.members(it)), ...own];
  }

  // JSON Schema of a type; `read`, where given, names the properties that are kept.
  schema(type, read, format) {
    if (ts.isArrayTypeNode(type)) return { type: "array", items: this.schema(type.elementType, read) };
    if (ts.isUnionTypeNode(type)) return { type: "string", enum: type.types.map((it) => it.literal.text) };
    if (ts.isTypeLiteralNode(type)) return this.object(type, read);
    if (ts.isTypeReferenceNode(type)) {
      const name = type.typeName.right?.text ?? type.typeName.text;
      if (name === "Date") return { type: "string", format: "date-time" };
      const words = this.words(name);
      if (words) return { type: "string", enum: words };
      const node = this.named.get(name);
      // Types of other modules and of what no call holds are open.
      if (!node) return {};
      return ts.isTypeAliasDeclaration(node) ? this.schema(node.type, read) : this.object(node, read);
    }
    const plain = { [ts.SyntaxKind.StringKeyword]: "string", [ts.SyntaxKind.BooleanKeyword]: "boolean", [ts.SyntaxKind.NumberKeyword]: "number" };
    const kind = plain[type.kind];
    return kind ? { type: kind === "number" && format !== "double" ? "integer" : kind } : {};
  }

  object(node, read) {
    const first = (path) => path.split(".")[0];
    const names = read && new Set(read.map(first));
    const entries = this.members(node)
      .filter(([name]) => !names || names.has(name))
      .map(([name, member]) => {
        const below = read?.filter((path) => path.startsWith(`${name}.`)).map((path) => path.slice(name.length + 1));
        return [name, this.schema(member.type, below)];
      });
    if (names && entries.length !== names.size) fail(`not all of ${[...names]} is there`);
    const required = this.members(node).filter(([, it]) => !it.questionToken).map(([name]) => name);
    return { type: "object", ...object(entries, read ? [] : required, (it) => it) };
  }
}

function gitea() {
  const api = new Declarations(resolve("gitea-js").replace(/index\.[a-z]+$/, "index.d.ts"));
  const calls = [
    ["post", "/repos/{owner}/{repo}/statuses/{sha}", "201", []],
    ["get", "/repos/{owner}/{repo}/pulls", "200", READ.gitea],
    ["post", "/repos/{owner}/{repo}/pulls", "201", READ.gitea],
    ["patch", "/repos/{owner}/{repo}/pulls/{index}", "201", READ.gitea],
  ].map(([method, path, status, read]) => {
    const request = api.requests.get(`${method.toUpperCase()}:${path}`) ?? fail(`gitea-js: no ${method} ${path}`);
    const parameter = (name) => request.parameters.find((it) => it.name.text === name)?.type;
    const query = parameter("query") ? Object.entries(api.schema(parameter("query")).properties) : [];
    const body = parameter("body") && api.schema(parameter("body"));
    const answer = request.type.typeArguments[0].typeArguments[0];
    return call(method, path, status, query, body, read.length ? api.schema(answer, read) : {});
  });
  return { source: `gitea-js ${version("gitea-js")}`, calls };
}

async function azure() {
  const { TypeInfo } = (await import("azure-devops-node-api/interfaces/GitInterfaces.js")).default;
  const words = (name) => TypeInfo[name]?.enumValues && Object.keys(TypeInfo[name].enumValues);
  const api = new Declarations(resolve("azure-devops-node-api/interfaces/GitInterfaces.js").replace(/js$/, "d.ts"), words);
  const type = (name, read) => api.object(api.named.get(name), read);
  // What clients send of GitPullRequest; all else of it is the server's to set.
  const sent = ["title", "description", "status", "sourceRefName", "targetRefName"];
  const [number, version7] = [{ type: "integer" }, ["api-version", { type: "string" }]];
  const criteria = Object.entries(type("GitPullRequestSearchCriteria").properties).map(([name, it]) => [`searchCriteria.${name}`, it]);
  const listed = { type: "object", properties: { value: { type: "array", items: type("GitPullRequest", READ.azure) }, count: number }, required: ["value"], additionalProperties: false };
  const requests = "/{project}/_apis/git/repositories/{repositoryId}/pullrequests";
  const status = type("GitStatus", ["state", "description", "targetUrl", "context.name", "context.genre"]);
  const calls = [
    call("post", "/{project}/_apis/git/repositories/{repositoryId}/commits/{commitId}/statuses", "201", [version7], status, {}),
    call("get", requests, "200", [version7, ...criteria, ["$skip", number], ["$top", number], ["maxCommentLength", number]], undefined, listed),
    call("post", requests, "201", [version7, ["supportsIterations", { type: "boolean" }]], type("GitPullRequest", sent), type("GitPullRequest", READ.azure)),
    call("patch", `${requests}/{pullRequestId}`, "200", [version7], type("GitPullRequest", sent), type("GitPullRequest", READ.azure)),
  ];
  return { source: `azure-devops-node-api ${version("azure-devops-node-api")}`, calls };
}

// --- what all share ---

function call(method, path, status, query, body, answer) {
  return { method: method.toUpperCase(), path, status: Number(status), query: Object.fromEntries(query), body: body ?? null, answer };
}

// Nothing that a description does not know is allowed.
function object(entries, required, schema) {
  const properties = Object.fromEntries(entries.map(([name, value]) => [name, schema(value)]));
  return { properties, required: required?.length ? required : undefined, additionalProperties: false };
}

function fail(message) {
  throw new Error(message);
}

const descriptions = {
  "github": github("api.github.com.json"),
  "github-enterprise": github("ghes-3.17.json"),
  "gitea": gitea(),
  "azure": await azure(),
};
process.stdout.write(`${JSON.stringify(descriptions, null, 1)}\n`);
