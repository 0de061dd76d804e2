import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.Context;
import java.net.InetAddress;
import java.util.Collections;
import java.util.HashMap;
import okhttp3.mockwebserver.MockWebServer;

public class Server {
  public static void main(String[] words) throws Exception {
    var dispatcher = new KubernetesCrudDispatcher(Collections.emptyList());
    var context = new Context(Serialization.jsonMapper());
    var server = new KubernetesMockServer(context, new MockWebServer(), new HashMap<>(), dispatcher, false);
    server.init(InetAddress.getByName("127.0.0.1"), 0);
    System.out.println(server.getPort());
    while (System.in.read() >= 0) {}
    System.exit(0);
  }
}
