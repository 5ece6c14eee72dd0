package io.bugreport.app.synthetic;

/// A host outside of the mesh that a ServiceEntry declares.
///
/// @param entry the ServiceEntry's name
/// @param address what istiod allocated to it
record ExternalHost(String namespace, String entry, String host, String address) {
  static final int PORT = 443;

  String outbound() {
    return "outbound|" + PORT + "||" + host;
  }
}
