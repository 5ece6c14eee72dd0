package io.bugreport.analyzers.installation;

import static io.bugreport.model.resource.ResourceKind.MUTATING_WEBHOOK;
import static io.bugreport.model.resource.ResourceKind.VALIDATING_WEBHOOK;

import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Resource;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A webhook of Istio does not say properly where its istiod is: it has neither a URL nor a
/// Service, or a URL that is none (IST0163). Then no pod is injected, or no configuration can be
/// changed. A URL with an IP address (IST0164) works as long as istiod's certificate names that
/// address and the address stays.
///
/// ## Fix
///
/// Install the remote cluster again with the external address of istiod as a host name:
///
/// ```sh
/// kubectl get mutatingwebhookconfigurations,validatingwebhookconfigurations -o yaml | grep -A 3 clientConfig
/// ```
///
/// ```yaml
/// istiodRemote:
///   injectionURL: https://istiod.example.com:15017/inject
/// ```
@Check(
    codes = {"IST0163", "IST0164"},
    title = "Webhook with an unsound address of istiod",
    severity = Severity.WARNING,
    resources = {MUTATING_WEBHOOK, VALIDATING_WEBHOOK},
    istioctlAnalyzer = "externalcontrolplane.ExternalControlPlaneAnalyzer")
public final class ExternalControlPlaneAddress implements Analyzer {
  private static final Pattern IP = Pattern.compile("[0-9.]+|\\[.*]");

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    List<Observation> observations = new ArrayList<>();
    for (var webhook : mesh.all(MUTATING_WEBHOOK)) {
      if (webhook.name().startsWith("istio-sidecar-injector")) {
        judge(webhook, observations);
      }
    }
    for (var webhook : mesh.all(VALIDATING_WEBHOOK)) {
      if (webhook.name().equals("istiod-default-validator")
          || webhook.name().startsWith("istio-validator")) {
        judge(webhook, observations);
      }
    }
    return observations;
  }

  private static void judge(Resource configuration, List<Observation> observations) {
    for (var webhook : configuration.fields("webhooks.*")) {
      var name = webhook.text("name");
      var url = webhook.field("clientConfig.url").filter(u -> !u.text().isEmpty());
      if (url.isPresent()) {
        judgeUrl(configuration, name, url.get(), observations);
      } else if (webhook.fields("clientConfig.service.*").isEmpty()) {
        observations.add(
            Observation.of(
                configuration,
                webhook,
                "The webhook %s names neither a URL nor a Service of istiod.".formatted(name)));
      }
    }
  }

  private static void judgeUrl(
      Resource configuration, String name, Field url, List<Observation> observations) {
    var host = host(url.text());
    if (host.isEmpty()) {
      observations.add(
          Observation.of(
              configuration,
              url,
              "The webhook %s calls \"%s\", which is no URL.".formatted(name, url.text())));
    } else if (IP.matcher(host).matches()) {
      observations.add(
          Observation.of(
                  configuration,
                  url,
                  "The webhook %s calls istiod by the IP address %s.".formatted(name, host))
              .code("IST0164")
              .severity(Severity.INFO));
    }
  }

  private static String host(String url) {
    try {
      var host = new URI(url).getHost();
      return host == null ? "" : host;
    } catch (URISyntaxException _) {
      return "";
    }
  }
}
