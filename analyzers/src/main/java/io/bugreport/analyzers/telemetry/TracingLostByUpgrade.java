package io.bugreport.analyzers.telemetry;

import static io.bugreport.model.resource.ResourceKind.CONFIG_MAP;
import static io.bugreport.model.resource.ResourceKind.DEPLOYMENT;
import static io.bugreport.model.resource.ResourceKind.SERVICE;

import io.bugreport.analyzers.mesh.IstiodVersion;
import io.bugreport.analyzers.mesh.MeshConfig;
import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.Resource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// This installation traces by a default that the next ones do not have. Up to Istio 1.21 proxies
/// send their traces to the Service `zipkin` beside istiod without being told to. From 1.22 on they
/// send none unless a provider is configured, so after an upgrade the traces stop, silently.
///
/// What is reported is the Service `zipkin` of the root namespace, where istiod's image is of
/// version 1.21 or older. `istioctl x precheck` says so only if it is given the old version.
///
/// ## Fix
///
/// Before the upgrade, configure the provider and switch it on:
///
/// ```yaml
/// meshConfig:
///   extensionProviders:
///   - name: zipkin
///     zipkin: {service: zipkin.istio-system.svc.cluster.local, port: 9411}
/// ```
///
/// ```yaml
/// kind: Telemetry
/// metadata: {name: default, namespace: istio-system}
/// spec:
///   tracing: [{providers: [{name: zipkin}]}]
/// ```
@Check(
    codes = "IST0169",
    title = "Tracing that an upgrade switches off",
    severity = Severity.WARNING,
    resources = {SERVICE, DEPLOYMENT, CONFIG_MAP})
public final class TracingLostByUpgrade implements Analyzer {
  private static final int LAST = 21;

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    var root = MeshConfig.of(mesh.all(CONFIG_MAP)).rootNamespace();
    var istiods = mesh.all(DEPLOYMENT).stream().filter(TracingLostByUpgrade::isOld).toList();
    List<Observation> observations = new ArrayList<>();
    for (var service : mesh.all(SERVICE)) {
      if (service.name().equals("zipkin") && service.namespace().equals(root)) {
        istiods.stream()
            .filter(istiod -> istiod.id().cluster().equals(service.id().cluster()))
            .findFirst()
            .ifPresent(
                istiod ->
                    observations.add(
                        Observation.of(
                                service,
                                "Proxies trace to it by a default that ends with Istio 1.22; %s is older."
                                    .formatted(istiod.id()))
                            .and(istiod.location())
                            .with(istiod.id())));
      }
    }
    return observations;
  }

  private static boolean isOld(Resource deployment) {
    return IstiodVersion.of(deployment).filter(istiod -> istiod.minor() <= LAST).isPresent();
  }
}
