# A token and the seller's marketplaces by Net::HTTP, at Amazon's hosts, as far as this program knows.
require "json"
require "net/http"

login = {
  grant_type: "refresh_token",
  refresh_token: ENV.fetch("SP_API_REFRESH_TOKEN"),
  client_id: ENV.fetch("LWA_APP_ID"),
  client_secret: ENV.fetch("LWA_CLIENT_SECRET")
}
token = JSON.parse(Net::HTTP.post_form(URI("https://api.amazon.com/auth/o2/token"), login).body).fetch("access_token")

asked = URI("https://sellingpartnerapi-na.amazon.com/sellers/v1/marketplaceParticipations")
Net::HTTP.start(asked.host, asked.port, use_ssl: true) do |connection|
  print connection.get(asked.path, "x-amz-access-token" => token).body
end
