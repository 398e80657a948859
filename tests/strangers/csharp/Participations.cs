using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Text.RegularExpressions;

/// <summary>A token and the seller's marketplaces, at Amazon's hosts, as far as this program knows.</summary>
public static class Participations
{
    private const string Api = "https://sellingpartnerapi-na.amazon.com/sellers/v1/marketplaceParticipations";

    public static void Main()
    {
        using (var http = new HttpClient())
        {
            var form = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                { "grant_type", "refresh_token" },
                { "refresh_token", Environment.GetEnvironmentVariable("SP_API_REFRESH_TOKEN") },
                { "client_id", Environment.GetEnvironmentVariable("LWA_APP_ID") },
                { "client_secret", Environment.GetEnvironmentVariable("LWA_CLIENT_SECRET") },
            });
            var login = http.PostAsync("https://api.amazon.com/auth/o2/token", form).Result;
            var token = Regex.Match(login.Content.ReadAsStringAsync().Result, "\"access_token\"\\s*:\\s*\"([^\"]+)\"").Groups[1].Value;
            var asked = new HttpRequestMessage(HttpMethod.Get, Api);
            asked.Headers.Add("x-amz-access-token", token);
            Console.WriteLine(http.SendAsync(asked).Result.Content.ReadAsStringAsync().Result);
        }
    }
}
