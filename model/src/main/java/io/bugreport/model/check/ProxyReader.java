package io.bugreport.model.check;

import io.bugreport.model.envoy.ConfigDump;
import io.bugreport.model.envoy.UpstreamCluster;

/// Is told what one proxy holds: all of its configuration first, then its upstream clusters.
///
/// @param <T> what is kept of the proxy
public interface ProxyReader<T> {

  /// An entry of the configuration dump, of a section that its analyzer wants.
  default void entry(ConfigDump.Entry entry) {}

  /// An upstream cluster as it is at run time.
  default void upstream(UpstreamCluster cluster) {}

  /// What to keep, when all was read. It is not asked where an answer could not be read to its end:
  /// what a reader did not see is not absent.
  T result();
}
