package io.bugreport.app.synthetic;

/// An agent answers names from a table that istiod has since replaced.
record StaleNameTable() implements Fault {
  @Override
  public String name() {
    return "stale-name-table";
  }

  @Override
  public String seenBy() {
    return "DNS-05";
  }

  @Override
  public void applyTo(Mesh mesh) {
    var service = mesh.serviceOrLast("productpage");
    var proxy = mesh.proxyOf(service);
    proxy.staleNames.put(service.host(), "10.96.1.240");
    var other = mesh.serviceOrLast("ratings");
    if (!other.equals(service)) {
      proxy.staleNames.put(other.host(), "");
    }
  }
}
