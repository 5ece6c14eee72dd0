package io.bugreport.collector;

import io.bugreport.collector.pods.LogWindow;
import io.bugreport.collector.selection.Scope;
import java.time.Duration;

/// What to collect, and how gently.
///
/// @param scope which namespaces and pods the run is about
/// @param logs which part of the logs is wanted
/// @param answerBytes bytes kept of what one endpoint answers
/// @param nameTablesPerIstiod name tables asked of each istiod replica; those of further proxies
///   are `skipped`
/// @param concurrency requests at a time, over all clusters
/// @param perNode requests at a time that reach one node
/// @param itemTimeout time for one answer, log or page of a list
/// @param runTimeout time for the whole run
/// @param csrWatch how long certificate signing requests are watched at least, where an external CA
///   signs
/// @param configurationOnly whether objects alone are collected; logs and answers are `skipped`
/// @param planOnly whether the run only finds out what it would collect
public record CollectionOptions(
    Scope scope,
    LogWindow logs,
    long answerBytes,
    int nameTablesPerIstiod,
    int concurrency,
    int perNode,
    Duration itemTimeout,
    Duration runTimeout,
    Duration csrWatch,
    boolean configurationOnly,
    boolean planOnly) {

  public CollectionOptions {
    require(answerBytes > 0, "a limit of " + answerBytes + " bytes per answer");
    require(nameTablesPerIstiod >= 0, nameTablesPerIstiod + " name tables per istiod");
    require(concurrency > 0, "a concurrency of " + concurrency);
    require(perNode > 0, perNode + " requests per node");
    require(itemTimeout.isPositive(), "an item timeout of " + itemTimeout);
    require(runTimeout.isPositive(), "a run timeout of " + runTimeout);
    require(!csrWatch.isNegative(), "a watch of " + csrWatch);
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
        Scope.everything(),
        LogWindow.defaults(),
        512L << 20,
        50,
        8,
        4,
        Duration.ofSeconds(60),
        Duration.ofMinutes(30),
        Duration.ofSeconds(75),
        false,
        false);
  }

  public CollectionOptions withScope(Scope scope) {
    return with(
        scope, logs, concurrency, itemTimeout, runTimeout, csrWatch, configurationOnly, planOnly);
  }

  public CollectionOptions withLogs(LogWindow logs) {
    return with(
        scope, logs, concurrency, itemTimeout, runTimeout, csrWatch, configurationOnly, planOnly);
  }

  public CollectionOptions withConcurrency(int concurrency) {
    return with(
        scope, logs, concurrency, itemTimeout, runTimeout, csrWatch, configurationOnly, planOnly);
  }

  public CollectionOptions withItemTimeout(Duration itemTimeout) {
    return with(
        scope, logs, concurrency, itemTimeout, runTimeout, csrWatch, configurationOnly, planOnly);
  }

  public CollectionOptions withRunTimeout(Duration runTimeout) {
    return with(
        scope, logs, concurrency, itemTimeout, runTimeout, csrWatch, configurationOnly, planOnly);
  }

  public CollectionOptions withCsrWatch(Duration csrWatch) {
    return with(
        scope, logs, concurrency, itemTimeout, runTimeout, csrWatch, configurationOnly, planOnly);
  }

  public CollectionOptions withConfigurationOnly(boolean configurationOnly) {
    return with(
        scope, logs, concurrency, itemTimeout, runTimeout, csrWatch, configurationOnly, planOnly);
  }

  public CollectionOptions withPlanOnly(boolean planOnly) {
    return with(
        scope, logs, concurrency, itemTimeout, runTimeout, csrWatch, configurationOnly, planOnly);
  }

  private CollectionOptions with(
      Scope scope,
      LogWindow logs,
      int concurrency,
      Duration itemTimeout,
      Duration runTimeout,
      Duration csrWatch,
      boolean configurationOnly,
      boolean planOnly) {
    return new CollectionOptions(
        scope,
        logs,
        answerBytes,
        nameTablesPerIstiod,
        concurrency,
        perNode,
        itemTimeout,
        runTimeout,
        csrWatch,
        configurationOnly,
        planOnly);
  }
}
