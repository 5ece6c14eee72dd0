package io.bugreport.analyzers.mesh;

import java.time.Duration;

/// From where on the checks of the running mesh speak up. Expiry of certificates has its own, see
/// the package of certificates.
public final class Thresholds {
  /// An upgrade by Helm is done, or has failed, within its own timeout of 5 minutes unless it was
  /// given a longer one.
  public static final Duration HELM_PENDING = Duration.ofMinutes(15);

  /// istiod removes the entry of a machine that has left after 10 s, in a sweep of ten times that.
  public static final Duration ENTRY_AFTER_DISCONNECT = Duration.ofSeconds(110);

  /// Connections to istiod end after 30 minutes and are made again; the entry is written anew then.
  public static final Duration ENTRY_CONNECTED = Duration.ofMinutes(45);

  /// istiod waits a minute for a signed certificate.
  public static final Duration REQUEST_UNSIGNED = Duration.ofSeconds(60);

  /// A proxy answers a push within seconds.
  public static final Duration PUSH_UNANSWERED = Duration.ofSeconds(60);

  /// What a cluster or listener waits for comes within seconds.
  public static final Duration WARMING = Duration.ofSeconds(60);

  /// Pods get ready within minutes.
  public static final Duration UNREADY = Duration.ofMinutes(5);

  /// A container that died longer ago than this has recovered.
  public static final Duration RECENT_DEATH = Duration.ofHours(24);

  /// From this percentage of a cluster's hosts on, their loss is an error.
  public static final int EJECTED_PERCENT = 50;

  /// A few requests fail in any mesh, when pods come and go.
  public static final int FAILED_REQUESTS = 10;

  /// What a log has not said for so long may be over.
  public static final Duration SAID_LATELY = Duration.ofHours(1);

  /// Agents and istiod try again and again, and their first attempts may well fail while the mesh
  /// starts.
  public static final int REPEATED_FAILURES = 3;

  /// A pool of this size refuses a second client at a time.
  public static final int SMALL_POOL = 1;

  /// So many attempts to connect tell something.
  public static final int CONNECTIONS = 20;

  /// More than this percentage of attempts to connect do not fail by chance.
  public static final int FAILED_CONNECTIONS_PERCENT = 5;

  /// So many lookups tell something.
  public static final int LOOKUPS = 50;

  /// More than this percentage of lookups do not fail by chance.
  public static final int FAILED_LOOKUPS_PERCENT = 1;

  /// From this percentage on hardly anything can be looked up.
  public static final int GRAVE_LOOKUPS_PERCENT = 20;

  private Thresholds() {}
}
