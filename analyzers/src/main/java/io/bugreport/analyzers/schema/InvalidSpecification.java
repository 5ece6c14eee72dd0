package io.bugreport.analyzers.schema;

import static io.bugreport.model.resource.ResourceKind.AUTHORIZATION_POLICY;
import static io.bugreport.model.resource.ResourceKind.BACKEND_TLS_POLICY;
import static io.bugreport.model.resource.ResourceKind.CRD;
import static io.bugreport.model.resource.ResourceKind.DESTINATION_RULE;
import static io.bugreport.model.resource.ResourceKind.ENVOY_FILTER;
import static io.bugreport.model.resource.ResourceKind.GATEWAY;
import static io.bugreport.model.resource.ResourceKind.GATEWAY_CLASS;
import static io.bugreport.model.resource.ResourceKind.GRPC_ROUTE;
import static io.bugreport.model.resource.ResourceKind.HTTP_ROUTE;
import static io.bugreport.model.resource.ResourceKind.KUBERNETES_GATEWAY;
import static io.bugreport.model.resource.ResourceKind.LISTENER_SET;
import static io.bugreport.model.resource.ResourceKind.PEER_AUTHENTICATION;
import static io.bugreport.model.resource.ResourceKind.PROXY_CONFIG;
import static io.bugreport.model.resource.ResourceKind.REFERENCE_GRANT;
import static io.bugreport.model.resource.ResourceKind.REQUEST_AUTHENTICATION;
import static io.bugreport.model.resource.ResourceKind.SERVICE_ENTRY;
import static io.bugreport.model.resource.ResourceKind.SIDECAR;
import static io.bugreport.model.resource.ResourceKind.TCP_ROUTE;
import static io.bugreport.model.resource.ResourceKind.TELEMETRY;
import static io.bugreport.model.resource.ResourceKind.TLS_ROUTE;
import static io.bugreport.model.resource.ResourceKind.TRAFFIC_EXTENSION;
import static io.bugreport.model.resource.ResourceKind.UDP_ROUTE;
import static io.bugreport.model.resource.ResourceKind.VIRTUAL_SERVICE;
import static io.bugreport.model.resource.ResourceKind.WASM_PLUGIN;
import static io.bugreport.model.resource.ResourceKind.WORKLOAD_ENTRY;
import static io.bugreport.model.resource.ResourceKind.WORKLOAD_GROUP;

import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Resource;
import io.bugreport.model.resource.ResourceKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// An object of Istio or of the Gateway API is not what its kind allows: a field is unknown or
/// misspelt, has a value of another type, is out of range, or contradicts another. The API server
/// or istiod's webhook refuses such an object, or, where it got past them, istiod leaves it out or
/// ignores the field without a word.
///
/// Objects are held against the `CustomResourceDefinition`s of their own cluster where the snapshot
/// has them, otherwise against those of Istio 1.31 and Gateway API 1.7 (experimental channel).
/// Rules that a schema cannot say follow: ports and protocols that belong together, hosts, weights,
/// TLS settings.
///
/// The definitions' own rules in CEL are evaluated, after the defaults were set; where a cluster's
/// own definitions are missing, those of the Gateway API alone. Passed over are rules that compare
/// with the former object, that use `isIP`, `isURL`, `url` or `format`, which only the API server
/// has, and that have no value for an object, since they read a field that it lacks.
///
/// Other than `istioctl analyze`, it reports fields that do not exist, and does not warn of every
/// `EnvoyFilter` because it is one.
///
/// `IST0106` is what is refused or without effect; `IST0133` is taken, and probably not meant so.
///
/// ## Fix
///
/// Correct the field. This lists what a kind takes at any place:
///
/// ```sh
/// kubectl explain virtualservices.networking.istio.io.spec.http
/// ```
///
/// Let the API server try the object before it is applied:
///
/// ```sh
/// kubectl apply --dry-run=server --validate=strict -f FILE
/// ```
@Check(
    codes = {"IST0106", "IST0133"},
    title = "Specification that its kind does not allow",
    severity = Severity.ERROR,
    resources = {
      VIRTUAL_SERVICE,
      DESTINATION_RULE,
      ENVOY_FILTER,
      GATEWAY,
      PROXY_CONFIG,
      SERVICE_ENTRY,
      SIDECAR,
      WORKLOAD_ENTRY,
      WORKLOAD_GROUP,
      AUTHORIZATION_POLICY,
      PEER_AUTHENTICATION,
      REQUEST_AUTHENTICATION,
      TELEMETRY,
      TRAFFIC_EXTENSION,
      WASM_PLUGIN,
      BACKEND_TLS_POLICY,
      GATEWAY_CLASS,
      GRPC_ROUTE,
      HTTP_ROUTE,
      KUBERNETES_GATEWAY,
      LISTENER_SET,
      REFERENCE_GRANT,
      TCP_ROUTE,
      TLS_ROUTE,
      UDP_ROUTE,
      CRD
    },
    eachKindAlone = true,
    istioctlAnalyzer = "schema.ValidationAnalyzer")
public final class InvalidSpecification implements Analyzer {
  private static final String WARNING = "IST0133";
  private static final String SPEC = "spec";
  private static final Set<String> TOP = Set.of("apiVersion", "kind", "metadata", SPEC, "status");

  private static final List<ResourceKind> KINDS =
      List.of(InvalidSpecification.class.getAnnotation(Check.class).resources());

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    var definitions = new CrdSchemas(mesh.all(CRD));
    Map<ResourceKind, Optional<SchemaTable>> bundled = new EnumMap<>(ResourceKind.class);
    List<Observation> observations = new ArrayList<>();
    for (var kind : KINDS) {
      if (kind == CRD) {
        continue;
      }
      for (var object : mesh.all(kind)) {
        for (var problem : problems(object, kind, schema(object, kind, definitions, bundled))) {
          var observation = Observation.of(object, problem.where(), problem.message());
          observations.add(
              problem.isError()
                  ? observation
                  : observation.code(WARNING).severity(Severity.WARNING));
        }
      }
    }
    return observations;
  }

  private static Optional<Schema> schema(
      Resource object,
      ResourceKind kind,
      CrdSchemas definitions,
      Map<ResourceKind, Optional<SchemaTable>> bundled)
      throws IOException {
    var apiVersion = object.text("apiVersion");
    var version = apiVersion.substring(apiVersion.indexOf('/') + 1);
    var own = definitions.of(object, version);
    if (own.isPresent()) {
      return own;
    }
    var table = bundled.get(kind);
    if (table == null) {
      table = SchemaTable.bundled(kind.group(), kind.kind());
      bundled.put(kind, table);
    }
    return table.map(t -> t.version(version));
  }

  private static List<Problem> problems(
      Resource object, ResourceKind kind, Optional<Schema> schema) {
    List<Problem> problems = new ArrayList<>();
    for (var field : object.root().children()) {
      if (!TOP.contains(field.name())) {
        problems.add(
            Problem.error(
                field,
                field.name()
                    + " is no field of an object"
                    + Similar.to(field.name(), TOP)
                        .map(other -> "; did you mean " + other + "?")
                        .orElse(".")));
      }
    }
    var spec = object.field(SPEC);
    if (spec.isEmpty()) {
      return problems;
    }
    schema.ifPresent(known -> problems.addAll(SchemaWalk.problems(known, spec.get())));
    if (problems.isEmpty()) {
      // Rules beyond the schema speak of what has the right form.
      var more = new Problems(object);
      judge(kind, spec.get(), more);
      problems.addAll(more.found());
    }
    return problems;
  }

  private static void judge(ResourceKind kind, Field spec, Problems problems) {
    switch (kind) {
      case VIRTUAL_SERVICE -> VirtualServiceRules.judge(spec, problems);
      case DESTINATION_RULE -> DestinationRuleRules.judge(spec, problems);
      case GATEWAY -> GatewayRules.judge(spec, problems);
      case SERVICE_ENTRY -> ServiceEntryRules.judge(spec, problems);
      case AUTHORIZATION_POLICY -> SecurityRules.authorization(spec, problems);
      case PEER_AUTHENTICATION -> SecurityRules.peers(spec, problems);
      case REQUEST_AUTHENTICATION -> SecurityRules.requests(spec, problems);
      case SIDECAR -> WorkloadRules.sidecar(spec, problems);
      case ENVOY_FILTER -> WorkloadRules.envoyFilter(spec, problems);
      case WORKLOAD_ENTRY -> WorkloadRules.entry(spec, problems);
      case WORKLOAD_GROUP -> WorkloadRules.group(spec, problems);
      case TELEMETRY -> WorkloadRules.telemetry(spec, problems);
      case WASM_PLUGIN -> WorkloadRules.wasm(spec, problems);
      case PROXY_CONFIG, TRAFFIC_EXTENSION -> WorkloadRules.selected(spec, problems);
      default -> {
        return; // the Gateway API says everything in its schemas and their rules
      }
    }
    if (kind == VIRTUAL_SERVICE || kind == DESTINATION_RULE) {
      Durations.judge(spec, problems);
    }
  }
}
