package io.bugreport.model.envoy;

import io.bugreport.model.resource.Field;
import io.bugreport.model.resource.Location;
import io.bugreport.model.snapshot.Answer;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A certificate that an Envoy uses, as `/certs` tells it.
///
/// Source: `envoy.admin.v3.CertificateDetails`.
///
/// @param role what it is used for
/// @param file the file it was read from; `<inline>` for one that came over SDS
/// @param serial its serial number in hexadecimal
/// @param names its subject alternative names
/// @param from the first moment it is valid
/// @param until the last moment it is valid
/// @param location where the answer says so
public record ProxyCertificate(
    Role role,
    String file,
    String serial,
    List<String> names,
    Instant from,
    Instant until,
    Location location) {

  /// What a certificate is used for.
  public enum Role {
    /// To check what peers present.
    TRUSTED("ca_cert"),
    /// To present itself.
    PRESENTED("cert_chain");

    private final String list;

    Role(String list) {
      this.list = list;
    }
  }

  public ProxyCertificate {
    names = List.copyOf(names);
  }

  /// Reads all certificates of an answer. An entry without an expiry is left out.
  public static List<ProxyCertificate> read(Answer answer) throws IOException {
    List<ProxyCertificate> certificates = new ArrayList<>();
    for (var entry : ProtoJson.items(answer.document(), "certificates")) {
      for (var role : Role.values()) {
        for (var certificate : ProtoJson.items(entry, role.list)) {
          add(role, certificate, certificates);
        }
      }
    }
    return certificates;
  }

  private static void add(Role role, Field field, List<ProxyCertificate> certificates)
      throws IOException {
    var until = ProtoJson.field(field, "expiration_time");
    if (until.isEmpty()) {
      return;
    }
    List<String> names = new ArrayList<>();
    for (var name : ProtoJson.items(field, "subject_alt_names")) {
      name.children().forEach(value -> names.add(value.text()));
    }
    certificates.add(
        new ProxyCertificate(
            role,
            ProtoJson.text(field, "path"),
            ProtoJson.text(field, "serial_number"),
            names,
            instant(field, "valid_from"),
            instant(field, "expiration_time"),
            until.get().location()));
  }

  private static Instant instant(Field field, String name) throws IOException {
    var text = ProtoJson.text(field, name);
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new IOException(field.path() + "." + name + " is no time: \"" + text + "\"", e);
    }
  }

  /// How long it is valid as a whole.
  public Duration lifetime() {
    return Duration.between(from, until);
  }
}
