<?php
// A token and the seller's marketplaces by PHP's curl, at Amazon's hosts, as far as this program knows.
function asked(string $url, array $options): array {
    $curl = curl_init($url);
    curl_setopt_array($curl, $options + [CURLOPT_RETURNTRANSFER => true, CURLOPT_FAILONERROR => true]);
    $said = curl_exec($curl);
    if ($said === false) {
        fwrite(STDERR, curl_error($curl) . "\n");
        exit(1);
    }
    return json_decode($said, true);
}

$login = http_build_query([
    'grant_type' => 'refresh_token',
    'refresh_token' => getenv('SP_API_REFRESH_TOKEN'),
    'client_id' => getenv('LWA_APP_ID'),
    'client_secret' => getenv('LWA_CLIENT_SECRET'),
]);
$token = asked('https://api.amazon.com/auth/o2/token', [CURLOPT_POSTFIELDS => $login])['access_token'];
$api = 'https://sellingpartnerapi-na.amazon.com/sellers/v1/marketplaceParticipations';
echo json_encode(asked($api, [CURLOPT_HTTPHEADER => ["x-amz-access-token: $token"]]));
