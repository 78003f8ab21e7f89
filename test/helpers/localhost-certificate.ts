// A certificate for localhost that signs itself, and its key. Nothing trusts it but the programs that a test gives it to.

export const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgw0vVVuxREthnDQ+t
0qEs+EI+Uv4JCHMHT8xLtGvksvqhRANCAAQ2yLU37obbk56rMQ8piyauZczlnN6h
klx5owbgEiMK6E8qV6nIUYkL/ORaoIprCDnIK/srFgALXg+lekwsIHon
-----END PRIVATE KEY-----
`;

export const certificate = `-----BEGIN CERTIFICATE-----
MIIBnDCCAUGgAwIBAgIUDg3XzcRrc/SVOOkCKIK7SQTen44wCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyOTA5MzEwM1oYDzIxMjYxMTA1
MDkzMTAzWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAQ2yLU37obbk56rMQ8piyauZczlnN6hklx5owbgEiMK6E8qV6nIUYkL
/ORaoIprCDnIK/srFgALXg+lekwsIHono28wbTAdBgNVHQ4EFgQU5eYBzfR6kU4o
1RkkC+coSxqt89IwHwYDVR0jBBgwFoAU5eYBzfR6kU4o1RkkC+coSxqt89IwDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
zj0EAwIDSQAwRgIhALFCZWopRo9AeO3pR13Xbw18AQNaNuzkqIWN8Q+kkNnTAiEA
qDWHQ6kekF6kSp+diVlnciJauTb8+x8aippQWBnAhKw=
-----END CERTIFICATE-----
`;
