package io.bugreport.collector;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.SequencedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What to collect, and how gently.
///
/// @param namespaces namespaces whose objects, pods and proxies are wanted; empty for all.
///   Cluster-scoped objects are collected anyway
/// @param logsSince where logs begin; null for all there is
/// @param logTail lines from the end of each log; 0 for all
/// @param logBytes bytes kept of one log; a longer one is `truncated`
/// @param answerBytes bytes kept of what one endpoint answers
/// @param nameTablesPerIstiod name tables asked of each istiod replica; those of further proxies
///   are `skipped`
/// @param concurrency requests at a time, over all clusters
/// @param perNode requests at a time that reach one node
/// @param itemTimeout time for one answer, log or page of a list
/// @param runTimeout time for the whole run
public record CollectionOptions(
    SequencedSet<String> namespaces,
    @Nullable Instant logsSince,
    int logTail,
    long logBytes,
    long answerBytes,
    int nameTablesPerIstiod,
    int concurrency,
    int perNode,
    Duration itemTimeout,
    Duration runTimeout) {

  public CollectionOptions {
    namespaces = Collections.unmodifiableSequencedSet(new TreeSet<>(namespaces));
    require(namespaces.stream().noneMatch(String::isBlank), "a namespace without a name");
    require(logTail >= 0, "a tail of " + logTail + " lines");
    require(logBytes > 0, "a limit of " + logBytes + " bytes per log");
    require(answerBytes > 0, "a limit of " + answerBytes + " bytes per answer");
    require(nameTablesPerIstiod >= 0, nameTablesPerIstiod + " name tables per istiod");
    require(concurrency > 0, "a concurrency of " + concurrency);
    require(perNode > 0, perNode + " requests per node");
    require(itemTimeout.isPositive(), "an item timeout of " + itemTimeout);
    require(runTimeout.isPositive(), "a run timeout of " + runTimeout);
  }

  private static void require(boolean condition, String what) {
    if (!condition) {
      throw new IllegalArgumentException("cannot collect with " + what);
    }
  }

  /// Everything, whole logs up to 50 MiB, eight requests at a time, one minute for each item, half
  /// an hour in all.
  public static CollectionOptions defaults() {
    return new CollectionOptions(
        new TreeSet<>(),
        null,
        0,
        50L << 20,
        512L << 20,
        50,
        8,
        4,
        Duration.ofSeconds(60),
        Duration.ofMinutes(30));
  }

  public CollectionOptions withNamespaces(SequencedSet<String> namespaces) {
    return new CollectionOptions(
        namespaces,
        logsSince,
        logTail,
        logBytes,
        answerBytes,
        nameTablesPerIstiod,
        concurrency,
        perNode,
        itemTimeout,
        runTimeout);
  }

  public CollectionOptions withLogsSince(@Nullable Instant logsSince) {
    return new CollectionOptions(
        namespaces,
        logsSince,
        logTail,
        logBytes,
        answerBytes,
        nameTablesPerIstiod,
        concurrency,
        perNode,
        itemTimeout,
        runTimeout);
  }

  public CollectionOptions withLogTail(int logTail) {
    return new CollectionOptions(
        namespaces,
        logsSince,
        logTail,
        logBytes,
        answerBytes,
        nameTablesPerIstiod,
        concurrency,
        perNode,
        itemTimeout,
        runTimeout);
  }

  public CollectionOptions withConcurrency(int concurrency) {
    return new CollectionOptions(
        namespaces,
        logsSince,
        logTail,
        logBytes,
        answerBytes,
        nameTablesPerIstiod,
        concurrency,
        perNode,
        itemTimeout,
        runTimeout);
  }

  public CollectionOptions withItemTimeout(Duration itemTimeout) {
    return new CollectionOptions(
        namespaces,
        logsSince,
        logTail,
        logBytes,
        answerBytes,
        nameTablesPerIstiod,
        concurrency,
        perNode,
        itemTimeout,
        runTimeout);
  }

  public CollectionOptions withRunTimeout(Duration runTimeout) {
    return new CollectionOptions(
        namespaces,
        logsSince,
        logTail,
        logBytes,
        answerBytes,
        nameTablesPerIstiod,
        concurrency,
        perNode,
        itemTimeout,
        runTimeout);
  }
}
