import java.io.OutputStream;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.HttpsURLConnection;

/** A token and the seller's marketplaces by both clients of the JDK, at Amazon's hosts, as far as this program knows. */
public class Participations {
    private static final String API = "https://sellingpartnerapi-na.amazon.com/sellers/v1/marketplaceParticipations";
    private static final Pattern TOKEN = Pattern.compile("\"access_token\"\\s*:\\s*\"([^\"]+)\"");

    public static void main(String[] arguments) throws Exception {
        HttpsURLConnection login = (HttpsURLConnection) new URL("https://api.amazon.com/auth/o2/token").openConnection();
        login.setRequestMethod("POST");
        login.setDoOutput(true);
        String form = "grant_type=refresh_token&refresh_token=" + System.getenv("SP_API_REFRESH_TOKEN").replace("|", "%7C")
            + "&client_id=" + System.getenv("LWA_APP_ID") + "&client_secret=" + System.getenv("LWA_CLIENT_SECRET");
        try (OutputStream out = login.getOutputStream()) {
            out.write(form.getBytes(StandardCharsets.UTF_8));
        }
        Matcher found = TOKEN.matcher(new String(login.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        if (!found.find()) {
            throw new IllegalStateException("no token was given");
        }
        HttpRequest asked = HttpRequest.newBuilder(URI.create(API)).header("x-amz-access-token", found.group(1)).build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(asked, HttpResponse.BodyHandlers.ofString());
        System.out.println(answer.body());
    }
}
