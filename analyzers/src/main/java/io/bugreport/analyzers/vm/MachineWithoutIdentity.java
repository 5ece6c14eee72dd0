package io.bugreport.analyzers.vm;

import io.bugreport.analyzers.mesh.Age;
import io.bugreport.model.check.Analyzer;
import io.bugreport.model.check.Check;
import io.bugreport.model.check.Mesh;
import io.bugreport.model.check.Observation;
import io.bugreport.model.check.Source;
import io.bugreport.model.finding.Severity;
import io.bugreport.model.machine.Machine;
import io.bugreport.model.machine.MachineFile;
import io.bugreport.model.machine.Membership;
import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Location;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A virtual machine cannot prove who it is, so that istiod gives it neither a certificate nor its
/// configuration. Its token (`istio-token`) is for the first certificate; later ones are had with
/// the one before, where the agent keeps that in `/etc/certs`.
///
/// The token is gone or its time is over, and there is no certificate on the machine that still
/// holds; or the token is for another audience than `istio-ca`, or for another service account than
/// the machine was set up with. A token whose time is over does no harm while the certificate
/// holds.
///
/// ## Fix
///
/// Make a new token for the machine's service account, put it where the agent reads it, and start
/// the agent anew. A token below `/var/run` is gone after a reboot:
///
/// ```sh
/// kubectl -n NAMESPACE create token SERVICE_ACCOUNT --audience istio-ca --duration 1h > istio-token
/// scp istio-token VM:/var/run/secrets/tokens/istio-token
/// ssh VM sudo systemctl restart istio
/// ```
@Check(
    codes = "VM-08",
    title = "Virtual machine without a valid identity",
    severity = Severity.ERROR,
    sources = Source.MACHINES)
public final class MachineWithoutIdentity implements Analyzer {
  private static final String AUDIENCE = "istio-ca";

  /// As openssl writes times: `Nov 24 07:00:00 2026 GMT`.
  private static final DateTimeFormatter OPENSSL =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .appendPattern("MMM ppd HH:mm:ss yyyy z")
          .toFormatter(Locale.ROOT);

  @Override
  public List<Observation> analyze(Mesh mesh) throws IOException {
    List<Observation> observations = new ArrayList<>();
    for (var machine : mesh.machines()) {
      if (mesh.has(machine, MachineFile.TOKEN_CLAIMS)) {
        var claims = machine.document(MachineFile.TOKEN_CLAIMS);
        if (claims.isPresent()) {
          expired(mesh, machine, claims.get()).ifPresent(observations::add);
          forAnother(machine, claims.get()).ifPresent(observations::add);
        }
      } else if (mesh.isAbsent(machine, MachineFile.TOKEN_CLAIMS)
          && mesh.has(machine, MachineFile.ABOUT)) {
        withoutCertificate(mesh, machine)
            .map(
                why ->
                    Observation.of(
                        machine.id(),
                        Location.ofLine(machine.path(MachineFile.ABOUT), 1),
                        "The machine has no token, and %s: it cannot get an identity."
                            .formatted(why)))
            .ifPresent(observations::add);
      }
    }
    return observations;
  }

  private static Optional<Observation> expired(Mesh mesh, Machine machine, Field claims)
      throws IOException {
    var exp = claims.field("exp");
    var end = exp.flatMap(MachineWithoutIdentity::seconds);
    if (exp.isEmpty() || end.isEmpty() || end.get().isAfter(mesh.collectedAt())) {
      return Optional.empty();
    }
    return withoutCertificate(mesh, machine)
        .map(
            why ->
                Observation.of(
                    machine.id(),
                    exp.get().location(),
                    "The token of the machine is over since %s (%s), and %s: istiod turns it away."
                        .formatted(
                            Age.text(Duration.between(end.get(), mesh.collectedAt())),
                            end.get(),
                            why)));
  }

  /// Why no certificate stands in for the token; empty where one does, or where that was not seen.
  private static Optional<String> withoutCertificate(Mesh mesh, Machine machine)
      throws IOException {
    if (mesh.has(machine, MachineFile.CERT_CHAIN)) {
      var until = until(machine);
      return until == null || until.isAfter(mesh.collectedAt())
          ? Optional.empty()
          : Optional.of("its certificate is over since " + until);
    }
    return mesh.isAbsent(machine, MachineFile.CERT_CHAIN)
        ? Optional.of("there is no certificate in /etc/certs")
        : Optional.empty();
  }

  private static Optional<Instant> seconds(Field field) {
    try {
      return Optional.of(Instant.ofEpochSecond(Long.parseLong(field.text())));
    } catch (NumberFormatException | DateTimeException _) {
      return Optional.empty();
    }
  }

  /// When the machine's own certificate ends, which is the first of the chain.
  private static @Nullable Instant until(Machine machine) throws IOException {
    var first =
        machine
            .text(MachineFile.CERT_CHAIN)
            .lines()
            .filter(line -> line.startsWith("notAfter="))
            .map(line -> line.substring(line.indexOf('=') + 1).strip())
            .findFirst();
    if (first.isEmpty()) {
      return null;
    }
    try {
      return Instant.from(OPENSSL.parse(first.get()));
    } catch (DateTimeException _) {
      return null;
    }
  }

  private static Optional<Observation> forAnother(Machine machine, Field claims)
      throws IOException {
    var aud = claims.field("aud");
    var audiences = new ArrayList<>(claims.fields("aud.*").stream().map(Field::text).toList());
    aud.map(Field::text).filter(text -> !text.isEmpty()).ifPresent(audiences::add);
    if (aud.isPresent() && !audiences.isEmpty() && !audiences.contains(AUDIENCE)) {
      return Optional.of(
          Observation.of(
              machine.id(),
              aud.get().location(),
              "The token of the machine is for the audience %s, and istiod takes those for %s."
                  .formatted(String.join(", ", audiences), AUDIENCE)));
    }
    var sub = claims.field("sub");
    var membership = Membership.of(machine);
    var account = membership.value("SERVICE_ACCOUNT");
    if (sub.isEmpty() || account.isEmpty() || membership.namespace().isEmpty()) {
      return Optional.empty();
    }
    var expected = "system:serviceaccount:" + membership.namespace() + ":" + account.get();
    return sub.get().text().equals(expected)
        ? Optional.empty()
        : Optional.of(
            Observation.of(
                machine.id(),
                sub.get().location(),
                "The token of the machine is of %s, but cluster.env sets it up as %s."
                    .formatted(sub.get().text(), expected)));
  }
}
