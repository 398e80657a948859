// A token and the seller's marketplaces by net/http, at Amazon's hosts, as far as this program knows.
package main

import (
	"encoding/json"
	"io"
	"log"
	"net/http"
	"net/url"
	"os"
)

func main() {
	login, err := http.PostForm("https://api.amazon.com/auth/o2/token", url.Values{
		"grant_type":    {"refresh_token"},
		"refresh_token": {os.Getenv("SP_API_REFRESH_TOKEN")},
		"client_id":     {os.Getenv("LWA_APP_ID")},
		"client_secret": {os.Getenv("LWA_CLIENT_SECRET")},
	})
	if err != nil {
		log.Fatal(err)
	}
	var given struct {
		AccessToken string `json:"access_token"`
	}
	if err := json.NewDecoder(login.Body).Decode(&given); err != nil {
		log.Fatal(err)
	}
	api := "https://sellingpartnerapi-na.amazon.com/sellers/v1/marketplaceParticipations"
	asked, _ := http.NewRequest("GET", api, nil)
	asked.Header.Set("x-amz-access-token", given.AccessToken)
	answer, err := http.DefaultClient.Do(asked)
	if err != nil {
		log.Fatal(err)
	}
	_, _ = io.Copy(os.Stdout, answer.Body)
}
